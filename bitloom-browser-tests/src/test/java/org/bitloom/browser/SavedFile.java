package org.bitloom.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file that a page saves. */
final class SavedFile {
  private SavedFile() {}

  /** Returns the file of a folder, null if there is none yet, or one that is being written. */
  static Path in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.toList();
      boolean whole = found.size() == 1 && found.get(0).toString().endsWith(".csv");
      return whole ? found.get(0) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
