package org.bitloom.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds tar archives. */
public final class TarBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar =
      new TarArchiveOutputStream(bytes, 512, StandardCharsets.UTF_8.name());

  public TarBytes() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  /** Adds a regular file. */
  public TarBytes file(String name, byte[] content) {
    return entry(name, TarConstants.LF_NORMAL, content);
  }

  /** Adds a folder, a link or something else without content. */
  public TarBytes entry(String name, byte type) {
    return entry(name, type, new byte[0]);
  }

  private TarBytes entry(String name, byte type, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setSize(content.length);
    entry.setModTime(0);
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return this;
  }

  /** Ends the archive. */
  public byte[] end() {
    try {
      tar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
