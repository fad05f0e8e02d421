package org.bitloom.testkit.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Changes zip archives entry by entry, lies about them in their directory, and makes checksums of
 * stored entries right.
 */
public final class ZipVariant {
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  private ZipVariant() {}

  private record Entry(String name, byte[] content) {}

  /** Returns an archive with another entry, other entries, or other bytes anywhere. */
  public static byte[] vary(byte[] zip, Mutator mutator) {
    SplittableRandom random = mutator.random();
    if (random.nextInt(3) == 0) {
      return mutator.mutate(zip);
    }
    List<Entry> entries = entries(zip);
    int at = random.nextInt(entries.size());
    Entry entry = entries.get(random.nextBoolean() ? at : 0);
    Entry other = entries.get(random.nextInt(entries.size()));
    switch (random.nextInt(8)) {
      case 0 -> entries.remove(at);
      case 1 -> entries.add(entry);
      case 2 -> entries.add(new Entry(entry.name, other.content));
      case 3 -> entries.set(at, new Entry(other.name, entry.content));
      case 4 -> entries.set(at, new Entry(name(entry.name, mutator), entry.content));
      default ->
          entries.replaceAll(
              e -> e.equals(entry) ? new Entry(e.name, mutator.mutate(e.content)) : e);
    }
    return write(entries, random);
  }

  private static String name(String name, Mutator mutator) {
    byte[] changed = mutator.mutate(name.getBytes(StandardCharsets.UTF_8));
    String text = new String(changed, StandardCharsets.ISO_8859_1);
    return text.substring(0, Math.min(text.length(), 1000));
  }

  private static List<Entry> entries(byte[] zip) {
    List<Entry> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(new Entry(entry.getName(), in.readAllBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return entries;
  }

  /** Stores entries; one time in four the directory names another place or length of one. */
  private static byte[] write(List<Entry> entries, SplittableRandom random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Integer> places = new ArrayList<>();
    for (Entry entry : entries) {
      places.add(bytes.size());
      bytes.writeBytes(header(entry, LOCAL, LOCAL_BYTES, 0));
      bytes.writeBytes(entry.content);
    }
    int directory = bytes.size();
    int liar = random.nextInt(4) == 0 ? random.nextInt(entries.size() + 1) : entries.size();
    for (int i = 0; i < entries.size(); i++) {
      int place = i == liar ? places.get(random.nextInt(places.size())) : places.get(i);
      bytes.writeBytes(header(entries.get(i), CENTRAL, CENTRAL_BYTES, place));
    }
    ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(END).putInt(0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt(bytes.size() - directory).putInt(directory);
    bytes.writeBytes(end.array());
    return bytes.toByteArray();
  }

  private static byte[] header(Entry entry, int signature, int length, int place) {
    byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(entry.content);
    ByteBuffer header =
        ByteBuffer.allocate(length + name.length).order(ByteOrder.LITTLE_ENDIAN).putInt(signature);
    if (signature == CENTRAL) {
      header.putShort((short) 20);
    }
    header.putShort((short) 20).putShort((short) 0x800).putShort((short) 0).putInt(0x5821);
    header.putInt((int) crc.getValue()).putInt(entry.content.length).putInt(entry.content.length);
    header.putShort((short) name.length);
    if (signature == CENTRAL) {
      header.putInt(42, place);
    }
    return header.put(length, name).array();
  }

  /** Returns a copy in which stored entries have their checksums, at both places. */
  public static byte[] repair(byte[] zip) {
    byte[] bytes = zip.clone();
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + CENTRAL_BYTES <= bytes.length; at++) {
      if (fields.getInt(at) == CENTRAL && fields.getShort(at + 10) == 0) {
        repair(fields, at, fields.getInt(at + 42));
      }
    }
    return bytes;
  }

  private static void repair(ByteBuffer fields, int central, int local) {
    int end = fields.limit() - LOCAL_BYTES;
    if (local < 0 || local > end || fields.getInt(local) != LOCAL) {
      return;
    }
    int names = (fields.getShort(local + 26) & 0xffff) + (fields.getShort(local + 28) & 0xffff);
    long begin = 0L + local + LOCAL_BYTES + names;
    long length = fields.getInt(central + 24) & 0xffffffffL;
    if (begin + length <= fields.limit()) {
      CRC32 crc = new CRC32();
      crc.update(fields.duplicate().position((int) begin).limit((int) (begin + length)));
      fields.putInt(central + 16, (int) crc.getValue());
      fields.putInt(local + 14, (int) crc.getValue());
    }
  }
}
