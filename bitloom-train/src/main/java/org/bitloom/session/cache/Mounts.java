package org.bitloom.session.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The disks that a process sees, as Linux tells them.
 *
 * @param lines as in {@code /proc/self/mountinfo}; none on another system
 */
record Mounts(List<String> lines) {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final int POINT = 4;
  private static final int OPTIONS = 5;

  Mounts {
    lines = List.copyOf(lines);
  }

  /** Returns what this process sees; nothing where the system does not tell. */
  static Mounts ofThisProcess() {
    try {
      return new Mounts(Files.readAllLines(TABLE, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return new Mounts(List.of());
    }
  }

  /**
   * Returns where the disk of a path is mounted, if nothing on it may be executed or loaded.
   *
   * @param path need not exist: the nearest folder above that does decides
   */
  Optional<Path> withoutExecution(Path path) {
    Path real = real(path.toAbsolutePath());
    Path nearest = null;
    boolean forbids = false;
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      if (fields.length <= OPTIONS) {
        continue;
      }
      Path point = Path.of(unescaped(fields[POINT]));
      // of two on the same place the later one hides the earlier one
      if (real.startsWith(point)
          && (nearest == null || point.getNameCount() >= nearest.getNameCount())) {
        nearest = point;
        forbids = Arrays.asList(fields[OPTIONS].split(",", -1)).contains("noexec");
      }
    }
    return forbids ? Optional.of(nearest) : Optional.empty();
  }

  private static Path real(Path path) {
    for (Path existing = path; existing != null; existing = existing.getParent()) {
      try {
        return existing.toRealPath();
      } catch (IOException e) {
        // not there: the folder above
      }
    }
    return path;
  }

  /** The kernel writes blanks and the like in octal digits, and letters as bytes. */
  private static String unescaped(String text) {
    byte[] bytes = new byte[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '\\' && i + 3 < text.length()) {
        letter = (char) Integer.parseInt(text.substring(i + 1, i + 4), 8);
        i += 3;
      }
      bytes[count++] = (byte) letter;
    }
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }
}
