package org.bitloom.testkit.fuzz;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file for all inputs of a reader that takes a path. */
public final class ScratchFile {
  private final Path path;

  /** Makes an empty file, which is deleted when the process ends. */
  public ScratchFile(String suffix) {
    try {
      path = Files.createTempFile("bitloom-fuzz", suffix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    path.toFile().deleteOnExit();
  }

  /** Returns the file with this content. */
  public Path with(byte[] content) throws IOException {
    // over the old bytes: emptying a file first makes some file systems wait for the disk
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(content);
      file.setLength(content.length);
    }
    return path;
  }
}
