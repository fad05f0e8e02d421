package org.bitloom.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes safetensors files that carry a checksum over every byte.
 *
 * <p>Read them with {@link SafetensorsFile}, or with any safetensors library of any language.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the safetensors format</a>
 */
public final class Safetensors {
  /** The key under which a header holds Strings about the file. */
  static final String METADATA = "__metadata__";

  /** The format's own limit for the header. */
  static final int MAX_HEADER_BYTES = 100_000_000;

  /** The header begins after its length, a 64-bit little-endian integer. */
  static final int LENGTH_BYTES = 8;

  private static final int ALIGNMENT = 8;
  private static final int BUFFER_BYTES = 1 << 16;

  private Safetensors() {}

  /**
   * Writes a file atomically, with memory for a small buffer besides the arrays.
   *
   * <p>Tensors follow each other in list order, but wider elements come first, so that every tensor
   * begins at a multiple of its element size. The same arguments give the same bytes.
   *
   * @param target the file, new or replaced; see {@link AtomicFiles}
   * @param metadata Strings about the file in the order given; a key {@code sha256} is ignored,
   *     since the checksum is computed anew and put last
   * @param tensors with different names; their arrays must not change meanwhile
   * @throws IllegalArgumentException if a name occurs twice or is {@code __metadata__}, or the
   *     header would exceed 100,000,000 bytes
   */
  public static void write(Path target, Map<String, String> metadata, List<TensorData> tensors)
      throws IOException {
    checkNames(tensors);
    List<TensorData> ordered =
        tensors.stream().sorted(Comparator.comparingInt(tensor -> -tensor.type().bytes())).toList();
    byte[] header = header(metadata, ordered);
    int digitsAt = LENGTH_BYTES + Checksum.digitsIn(header);
    AtomicFiles.writeChannel(
        target,
        channel -> {
          byte[] digits = writeAll(channel, header, ordered);
          channel.position(digitsAt);
          writeFully(channel, ByteBuffer.wrap(digits));
        });
  }

  private static void checkNames(List<TensorData> tensors) {
    Set<String> names = new HashSet<>();
    for (TensorData tensor : tensors) {
      if (tensor.name().equals(METADATA) || !names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "names of tensors must differ and not be " + METADATA + ", got " + tensor.name());
      }
    }
  }

  private static byte[] header(Map<String, String> metadata, List<TensorData> tensors) {
    Map<String, String> facts = new LinkedHashMap<>(metadata);
    facts.remove(Checksum.KEY);
    facts.put(Checksum.KEY, Checksum.PLACEHOLDER);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(METADATA, facts);
    long begin = 0;
    for (TensorData tensor : tensors) {
      long end = begin + (long) tensor.elements() * tensor.type().bytes();
      members.put(tensor.name(), entry(tensor, begin, end));
      begin = end;
    }
    return padded(Json.print(members).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> entry(TensorData tensor, long begin, long end) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("dtype", tensor.type().name());
    entry.put("shape", tensor.shape());
    entry.put("data_offsets", List.of(begin, end));
    return entry;
  }

  private static byte[] padded(byte[] json) {
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (padded > MAX_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "header must be at most " + MAX_HEADER_BYTES + " bytes, got " + padded);
    }
    byte[] header = Arrays.copyOf(json, padded);
    Arrays.fill(header, json.length, padded, (byte) ' ');
    return header;
  }

  /** Writes the file with zeros for the checksum and returns the digits that belong there. */
  private static byte[] writeAll(FileChannel channel, byte[] header, List<TensorData> tensors)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(header.length).flip();
    emit(channel, digest, buffer);
    emit(channel, digest, ByteBuffer.wrap(header));
    for (TensorData tensor : tensors) {
      int width = tensor.type().bytes();
      int from = 0;
      while (from < tensor.elements()) {
        int count = Math.min(BUFFER_BYTES / width, tensor.elements() - from);
        put(buffer.clear(), tensor.array(), from, count);
        emit(channel, digest, buffer.limit(count * width));
        from += count;
      }
    }
    return Checksum.digits(digest);
  }

  private static void emit(FileChannel channel, MessageDigest digest, ByteBuffer bytes)
      throws IOException {
    digest.update(bytes.duplicate());
    writeFully(channel, bytes);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void put(ByteBuffer buffer, Object array, int from, int count) {
    if (array instanceof float[] floats) {
      buffer.asFloatBuffer().put(floats, from, count);
    } else if (array instanceof int[] ints) {
      buffer.asIntBuffer().put(ints, from, count);
    } else if (array instanceof long[] longs) {
      buffer.asLongBuffer().put(longs, from, count);
    } else if (array instanceof short[] shorts) {
      buffer.asShortBuffer().put(shorts, from, count);
    } else if (array instanceof double[] doubles) {
      buffer.asDoubleBuffer().put(doubles, from, count);
    } else {
      buffer.slice().put((byte[]) array, from, count);
    }
  }
}
