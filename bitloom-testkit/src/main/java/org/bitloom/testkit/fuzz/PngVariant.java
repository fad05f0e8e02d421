package org.bitloom.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Changes PNG files chunk by chunk, and makes their checksums right. */
public final class PngVariant {
  private static final int SIGNATURE_BYTES = 8;
  private static final int FRAME_BYTES = 12;
  private static final int MAX_PIXEL_BYTES = 1 << 16;
  private static final List<String> TYPES =
      List.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND", "sBIT", "gAMA", "iCCP", "zTXt", "ABCD");

  private PngVariant() {}

  private record Chunk(String type, byte[] data) {}

  /** Returns a copy in which every whole chunk has the checksum of its data. */
  public static byte[] repair(byte[] png) {
    byte[] bytes = png.clone();
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    for (long at = SIGNATURE_BYTES; at + FRAME_BYTES <= bytes.length; ) {
      long length = fields.getInt((int) at);
      if (length < 0 || at + FRAME_BYTES + length > bytes.length) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, (int) at + 4, 4 + (int) length);
      fields.putInt((int) (at + 8 + length), (int) crc.getValue());
      at += FRAME_BYTES + length;
    }
    return bytes;
  }

  /** Returns a file with other chunks, or other bytes anywhere. */
  public static byte[] vary(byte[] png, Mutator mutator) {
    SplittableRandom random = mutator.random();
    if (random.nextBoolean()) {
      return mutator.mutate(png);
    }
    List<Chunk> chunks = chunks(png);
    int at = random.nextInt(chunks.size());
    Chunk chunk = chunks.get(at);
    switch (random.nextInt(7)) {
      case 0 -> chunks.remove(at);
      case 1 -> chunks.add(random.nextInt(chunks.size() + 1), chunk);
      case 2 -> chunks.add(random.nextInt(chunks.size()), chunks.remove(at));
      case 3 -> chunks.set(at, new Chunk(chunk.type, mutator.mutate(chunk.data)));
      case 4 -> chunks.add(at, new Chunk(type(random), mutator.mutate(new byte[4])));
      case 5 -> chunks.set(at, new Chunk(type(random), chunk.data));
      default -> changePixels(chunks, mutator);
    }
    return bytes(chunks, png);
  }

  private static String type(SplittableRandom random) {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  private static List<Chunk> chunks(byte[] png) {
    ByteBuffer fields = ByteBuffer.wrap(png);
    List<Chunk> chunks = new ArrayList<>();
    for (int at = SIGNATURE_BYTES; at + FRAME_BYTES <= png.length; ) {
      byte[] data = new byte[fields.getInt(at)];
      fields.get(at + 8, data);
      chunks.add(new Chunk(new String(png, at + 4, 4, StandardCharsets.ISO_8859_1), data));
      at += FRAME_BYTES + data.length;
    }
    return chunks;
  }

  /** Changes rows before they are packed: their filters, their number, their length. */
  private static void changePixels(List<Chunk> chunks, Mutator mutator) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    chunks.stream().filter(c -> c.type.equals("IDAT")).forEach(c -> packed.writeBytes(c.data));
    int first = 0;
    while (!chunks.get(first).type.equals("IDAT")) {
      first++;
    }
    chunks.removeIf(chunk -> chunk.type.equals("IDAT"));
    chunks.add(first, new Chunk("IDAT", deflate(mutator.mutate(inflate(packed.toByteArray())))));
  }

  private static byte[] inflate(byte[] packed) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] bytes = new byte[MAX_PIXEL_BYTES];
      return Arrays.copyOf(bytes, inflater.inflate(bytes));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("pixels of a good PNG must be packed", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] packed = new byte[bytes.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static byte[] bytes(List<Chunk> chunks, byte[] png) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(png, 0, SIGNATURE_BYTES);
      for (Chunk chunk : chunks) {
        out.writeInt(chunk.data.length);
        out.write(chunk.type.getBytes(StandardCharsets.ISO_8859_1));
        out.write(chunk.data);
        out.writeInt(0); // the checksum comes with the repair
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return repair(bytes.toByteArray());
  }
}
