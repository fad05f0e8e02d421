package org.bitloom.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;

/**
 * The trained network that a run starts from.
 *
 * @param path of a run's folder, a model file, or another safetensors file; as the user gave it
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 * @param place where it is now, if that is not where the path leads; no part of the settings
 */
public record InitFrom(String path, String sha256, Optional<Path> place) {
  private static final SourceFile SOURCE = new SourceFile("to start from");

  public InitFrom {
    SourceFile.checkDigits(sha256);
  }

  /** Lies where its path leads. */
  public InitFrom(String path, String sha256) {
    this(path, sha256, Optional.empty());
  }

  /**
   * Returns the same network in the first of some places that has it, in the form of a run's folder
   * or a file; itself if none has.
   */
  public InitFrom in(List<Path> places) throws IOException {
    for (Path next : places) {
      Path found = Files.isDirectory(next) ? new RunFiles(next).model() : next;
      if (Files.isRegularFile(found) && Sha256.of(found).equals(sha256)) {
        return new InitFrom(path, sha256, Optional.of(found));
      }
    }
    return this;
  }

  /**
   * Reads the checksum of a network.
   *
   * @throws UsageException if {@code path} is a folder without a model
   * @throws IOException if the file cannot be read
   */
  public static InitFrom of(Path path) throws IOException {
    return new InitFrom(path.toString(), Sha256.of(SOURCE.in(path)));
  }

  /** Returns the file that holds the weights. */
  public Path file() {
    return place.orElseGet(() -> SOURCE.in(Path.of(path)));
  }

  /**
   * Checks that the file is still the one the settings speak of.
   *
   * @throws UsageException if it is another
   */
  public void verify() throws IOException {
    SOURCE.verify(file(), sha256);
  }
}
