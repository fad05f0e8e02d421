package org.bitloom.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The installed browser and what drives it, found as a shell finds them. */
final class Programs {
  private Programs() {}

  static Path chromium() {
    return onPath("chromium", "chromium-browser", "google-chrome");
  }

  static Path driver() {
    return onPath("chromedriver");
  }

  private static Path onPath(String... names) {
    String path = System.getenv("PATH");
    for (String name : names) {
      for (String folder : path.split(File.pathSeparator, -1)) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    throw new IllegalStateException(
        String.join(" or ", names)
            + " must be on the PATH, found "
            + path
            + "; on Debian: apt-get install chromium chromium-driver"
            + " (looked for "
            + List.of(names)
            + ")");
  }
}
