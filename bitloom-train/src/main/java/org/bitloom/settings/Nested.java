package org.bitloom.settings;

import java.io.IOException;
import java.nio.file.Path;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.Sha256;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;

/**
 * The trained network whose bits a run carries in the low bits of its own weights.
 *
 * @param path of a run's folder or a model file; as the user gave it
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 */
public record Nested(String path, String sha256) {
  private static final SourceFile SOURCE = new SourceFile("to nest");

  public Nested {
    SourceFile.checkDigits(sha256);
  }

  /**
   * Reads the checksum of a model.
   *
   * @throws UsageException if {@code path} is a folder without a model
   * @throws IOException if the file cannot be read
   */
  public static Nested of(Path path) throws IOException {
    return new Nested(path.toString(), Sha256.of(SOURCE.in(path)));
  }

  /** Returns the model file. */
  public Path file() {
    return SOURCE.in(Path.of(path));
  }

  /**
   * Reads the model, from its own place or from a copy.
   *
   * @throws UsageException if it is not the file of the settings, or has no bits
   * @throws IOException if it is damaged, no model file, or cannot be read
   */
  public BitModel read(Path file) throws IOException {
    SOURCE.verify(file, sha256);
    BitModel model = ModelFile.read(file);
    if (model.tensors().stream().noneMatch(BitTensor.class::isInstance)) {
      throw new UsageException(
          "the network to nest must have bits, all weights of " + path + " are floats",
          "train it with --bits");
    }
    return model;
  }
}
