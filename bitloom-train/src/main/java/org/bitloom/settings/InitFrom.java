package org.bitloom.settings;

import java.io.IOException;
import java.nio.file.Path;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;

/**
 * The trained network that a run starts from.
 *
 * @param path of a run's folder, a model file, or another safetensors file; as the user gave it
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 */
public record InitFrom(String path, String sha256) {
  private static final SourceFile SOURCE = new SourceFile("to start from");

  public InitFrom {
    SourceFile.checkDigits(sha256);
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
    return SOURCE.in(Path.of(path));
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
