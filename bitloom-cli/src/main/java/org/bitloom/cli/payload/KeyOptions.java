package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.seal.AgeKey;
import picocli.CommandLine.Option;

/** The options that open an encrypted payload. */
final class KeyOptions {
  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "File whose first line is the passphrase (default: "
              + Passphrases.VARIABLE
              + ", or ask).")
  private Path passphraseFile;

  @Option(
      names = "--identity-file",
      paramLabel = "FILE",
      description = "File of secret keys, as age-keygen writes it.")
  private Path identityFile;

  /** Returns the key that was given as an option. */
  Optional<AgeKey> given() throws IOException {
    if (passphraseFile != null && identityFile != null) {
      throw new UsageException(
          "key must be one, got --passphrase-file and --identity-file", "leave out one of the two");
    }
    if (passphraseFile != null) {
      return Optional.of(AgeKey.passphrase(Passphrases.read(passphraseFile)));
    }
    return identityFile == null
        ? Optional.empty()
        : Optional.of(AgeKey.identities(Files.readAllLines(identityFile)));
  }

  /** Returns the key that was given, or asks for a passphrase where that is possible. */
  AgeKey orAsk(Passphrases passphrases) throws IOException {
    Optional<AgeKey> given = given();
    return given.isPresent()
        ? given.get()
        : passphrases.existing().map(AgeKey::passphrase).orElse(AgeKey.NONE);
  }
}
