package org.bitloom.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Zip archives in memory, as strict as an archive must be that another program, the engine, will
 * read as well: every entry has one name and bytes for itself, a checksum that is right, and a form
 * that both know.
 */
final class ZipBytes {
  /** What entries may unpack to beyond the length of the archive; only program text is packed. */
  private static final long MAX_UNPACKED = 1L << 26;

  private ZipBytes() {}

  /**
   * Returns the content of all entries by name, in the order of the archive.
   *
   * @throws IllegalArgumentException if the bytes are no zip archive, or a damaged one
   */
  static Map<String, byte[]> read(byte[] bytes) {
    if (!ZipArchiveInputStream.matches(bytes, bytes.length)) {
      throw new IllegalArgumentException("file must be a zip archive, it is none");
    }
    try {
      ZipLayout.check(bytes);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
            .setUseUnicodeExtraFields(false) // the engine knows no second names
            .get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      checkSizes(entries, bytes.length + MAX_UNPACKED);
      Map<String, byte[]> contents = new LinkedHashMap<>();
      for (ZipArchiveEntry entry : entries) {
        if (contents.put(entry.getName(), content(zip, entry)) != null) {
          throw new ZipException("two entries called " + entry.getName());
        }
      }
      return contents;
    } catch (IOException | RuntimeException e) { // hostile bytes may break any step of reading
      throw damaged(e);
    }
  }

  private static IllegalArgumentException damaged(Exception e) {
    String what = e instanceof IOException ? e.getMessage() : "it is cut off";
    return new IllegalArgumentException(
        "zip archive must be whole, it is damaged: " + what.replaceAll("\\p{Cntrl}", "?"), e);
  }

  private static void checkSizes(List<ZipArchiveEntry> entries, long most) throws ZipException {
    long left = most;
    for (ZipArchiveEntry entry : entries) {
      if (entry.getSize() < 0 || entry.getSize() > left) {
        throw new ZipException("its entries unpack to more than " + most + " bytes");
      }
      left -= entry.getSize();
    }
  }

  private static byte[] content(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    boolean known = entry.getMethod() == ZipEntry.STORED || entry.getMethod() == ZipEntry.DEFLATED;
    if (!known || entry.getGeneralPurposeBit().usesEncryption()) {
      throw new ZipException("entry " + entry.getName() + " is encrypted or packed by other means");
    }
    int size = Math.toIntExact(entry.getSize());
    byte[] content;
    try (InputStream in = zip.getInputStream(entry)) {
      content = in.readNBytes(size);
      if (content.length < size || in.read() >= 0) {
        throw new ZipException("entry " + entry.getName() + " has more or less than its bytes");
      }
    }
    if (checksum(content) != entry.getCrc()) {
      throw new ZipException("checksum of " + entry.getName());
    }
    return content;
  }

  static long checksum(byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    return checksum.getValue();
  }

  /** Returns an archive of the entries, stored as they are. */
  static byte[] write(Map<String, byte[]> entries) {
    long length = entries.values().stream().mapToLong(content -> content.length + 500L).sum();
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream((int) Math.min(length, Integer.MAX_VALUE - 8));
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setSize(content.getValue().length);
        entry.setCrc(checksum(content.getValue()));
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
