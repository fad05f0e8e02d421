package org.bitloom.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes zip archives in memory.
 *
 * <p>The JDK reads them from a file only: its stream cannot skip entries that are stored with their
 * length behind them, as PyTorch stores its tensors.
 */
final class ZipBytes {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int COMMENT_BYTES = 0xffff;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final ByteBuffer zip;

  private ZipBytes(byte[] bytes) {
    zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the content of all entries by name, in the order of the archive.
   *
   * @throws IllegalArgumentException if the bytes are no zip archive, or a damaged one
   */
  static Map<String, byte[]> read(byte[] bytes) {
    ZipBytes zip = new ZipBytes(bytes);
    int end = zip.end();
    try {
      return zip.entries(end);
    } catch (IndexOutOfBoundsException | DataFormatException e) {
      throw new IllegalArgumentException("zip archive must be whole, it is damaged", e);
    }
  }

  private int end() {
    int last = zip.limit() - END_BYTES;
    for (int at = last; at >= 0 && at >= last - COMMENT_BYTES; at--) {
      if (zip.getInt(at) == END) {
        return at;
      }
    }
    throw new IllegalArgumentException("file must be a zip archive, it is none");
  }

  private Map<String, byte[]> entries(int end) throws DataFormatException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    int count = zip.getShort(end + 10) & 0xffff;
    int at = zip.getInt(end + 16);
    for (int i = 0; i < count; i++) {
      if (zip.getInt(at) != CENTRAL) {
        throw new IndexOutOfBoundsException("no entry at " + at);
      }
      int nameBytes = zip.getShort(at + 28) & 0xffff;
      int otherBytes = (zip.getShort(at + 30) & 0xffff) + (zip.getShort(at + 32) & 0xffff);
      String name = new String(slice(at + CENTRAL_BYTES, nameBytes), StandardCharsets.UTF_8);
      entries.put(name, content(name, at));
      at += CENTRAL_BYTES + nameBytes + otherBytes;
    }
    return entries;
  }

  private byte[] content(String name, int central) throws DataFormatException {
    int method = zip.getShort(central + 10);
    int packedBytes = zip.getInt(central + 20);
    int bytes = zip.getInt(central + 24);
    int local = zip.getInt(central + 42);
    int variableBytes = (zip.getShort(local + 26) & 0xffff) + (zip.getShort(local + 28) & 0xffff);
    byte[] packed = slice(local + LOCAL_BYTES + variableBytes, packedBytes);
    byte[] content =
        switch (method) {
          case STORED -> packed;
          case DEFLATED -> inflate(packed, bytes);
          default -> throw new DataFormatException("method " + method);
        };
    CRC32 checksum = new CRC32();
    checksum.update(content);
    if ((int) checksum.getValue() != zip.getInt(central + 16)) {
      throw new DataFormatException("checksum of " + name);
    }
    return content;
  }

  private static byte[] inflate(byte[] packed, int bytes) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 13];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if ((count == 0 && !inflater.finished()) || content.size() > bytes) {
          throw new DataFormatException("more or less than " + bytes + " bytes");
        }
        content.write(buffer, 0, count);
      }
      return content.toByteArray();
    } finally {
      inflater.end();
    }
  }

  private byte[] slice(int from, int count) {
    if (from < 0 || count < 0 || count > zip.limit() - from) {
      throw new IndexOutOfBoundsException("bytes " + from + ".." + (from + (long) count));
    }
    return Arrays.copyOfRange(zip.array(), from, from + count);
  }

  /** Returns an archive of the entries, stored as they are. */
  static byte[] write(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        CRC32 checksum = new CRC32();
        checksum.update(content.getValue());
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setSize(content.getValue().length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
