package org.bitloom.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;

/**
 * Knows the file of a network that a run needs at its start.
 *
 * @param purpose what the network is for, such as {@code to start from}; for messages
 */
record SourceFile(String purpose) {
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  static void checkDigits(String sha256) {
    if (!DIGITS.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "sha256 must be 64 hexadecimal digits, got '" + sha256 + "'");
    }
  }

  /**
   * Returns the file a user means: itself, or the model in the folder of a run.
   *
   * @throws UsageException if {@code given} is a folder without a model
   */
  Path in(Path given) {
    if (!Files.isDirectory(given)) {
      return given;
    }
    Path model = new RunFiles(given).model();
    if (!Files.exists(model)) {
      throw new UsageException(
          "a run " + purpose + " must be finished, " + given + " holds no model.safetensors",
          "go on with it by --resume, or give another run or a model file");
    }
    return model;
  }

  /**
   * Checks that {@code file} is the one the settings speak of.
   *
   * @throws UsageException if it is another
   */
  void verify(Path file, String sha256) throws IOException {
    String found = Sha256.of(file);
    if (!found.equals(sha256)) {
      throw new UsageException(
          "the network "
              + purpose
              + ", "
              + file
              + ", must have SHA-256 "
              + sha256
              + ", got "
              + found,
          "restore the file or start a new run");
    }
  }
}
