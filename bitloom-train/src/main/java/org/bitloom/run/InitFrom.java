package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;

/**
 * The trained network that a run starts from.
 *
 * @param path of a run's folder, a model file, or another safetensors file; as the user gave it
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 */
public record InitFrom(String path, String sha256) {
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
  private static final int BUFFER_BYTES = 1 << 16;

  public InitFrom {
    if (!DIGITS.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "sha256 must be 64 hexadecimal digits, got '" + sha256 + "'");
    }
  }

  /**
   * Reads the checksum of a network.
   *
   * @throws UsageException if {@code path} is a folder without a model
   * @throws IOException if the file cannot be read
   */
  public static InitFrom of(Path path) throws IOException {
    return new InitFrom(path.toString(), sha256(file(path)));
  }

  /** Returns the file that holds the weights. */
  Path file() {
    return file(Path.of(path));
  }

  private static Path file(Path given) {
    if (!Files.isDirectory(given)) {
      return given;
    }
    Path model = given.resolve("model.safetensors");
    if (!Files.exists(model)) {
      throw new UsageException(
          "a run to start from must be finished, " + given + " holds no model.safetensors",
          "go on with it by --resume, or give another run or a model file");
    }
    return model;
  }

  /**
   * Checks that the file is still the one the settings speak of.
   *
   * @throws UsageException if it is another
   */
  void verify() throws IOException {
    String found = sha256(file());
    if (!found.equals(sha256)) {
      throw new UsageException(
          "the network to start from, " + path + ", must have SHA-256 " + sha256 + ", got " + found,
          "restore the file or start a new run");
    }
  }

  private static String sha256(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    MessageDigest digest = Sha256.digest();
    try (DigestInputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (bytes.read(buffer) >= 0) {} // the digest sees the bytes
    }
    return Sha256.hex(digest);
  }
}
