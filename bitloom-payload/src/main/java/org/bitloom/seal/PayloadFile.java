package org.bitloom.seal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bitloom.error.UsageException;
import org.bitloom.payload.ContainerHeader;
import org.bitloom.payload.ContainerWriter;

/**
 * Names what is to be stored.
 *
 * @param name under which it is stored; a label, at most 255 bytes of UTF-8
 * @param bytes its length, at least 1
 * @param content writes it, the same each time
 */
public record PayloadFile(String name, long bytes, ContainerWriter.Content content) {
  public PayloadFile {
    if (bytes < 1) {
      throw new UsageException(
          "payload must have at least 1 byte, got an empty " + name, "choose a file with content");
    }
  }

  /**
   * Checks a file and promises to read it later.
   *
   * @throws UsageException if it is no regular file or is empty
   * @throws IOException if it cannot be read
   */
  public static PayloadFile of(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (!Files.isRegularFile(path)) {
      throw new UsageException(
          "payload must be a regular file, got " + path, "pack a folder into one file first");
    }
    if (!Files.isReadable(path)) {
      throw new AccessDeniedException(path.toString());
    }
    Path last = path.getFileName();
    String name = ContainerHeader.nameOf(last == null ? "" : last.toString());
    return new PayloadFile(name, Files.size(path), out -> Files.copy(path, out));
  }
}
