package org.bitloom.cli.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.seal.AgeKey;
import picocli.CommandLine.Option;

/** The options that open an encrypted payload. */
final class KeyOptions {
  /** More than any file of keys has; what is longer is something else. */
  private static final int MOST_BYTES = 1 << 20;

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
      description = "File of secret keys, as age-keygen writes it; may be encrypted itself.")
  private Path identityFile;

  /** Says whether one of them was given. */
  boolean isGiven() {
    return passphraseFile != null || identityFile != null;
  }

  /** Returns the key that was given as an option; one in an encrypted file asks for more. */
  Optional<AgeKey> given(Passphrases passphrases) throws IOException {
    if (passphraseFile != null && identityFile != null) {
      throw new UsageException(
          "key must be one, got --passphrase-file and --identity-file", "leave out one of the two");
    }
    if (passphraseFile != null) {
      return Optional.of(AgeKey.passphrase(Passphrases.read(passphraseFile)));
    }
    return identityFile == null
        ? Optional.empty()
        : Optional.of(AgeKey.identityFile(identities(), passphrases::existing));
  }

  private byte[] identities() throws IOException {
    try (InputStream in = Files.newInputStream(identityFile)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new UsageException(
            "identity file must be at most " + MOST_BYTES + " bytes, got more in " + identityFile,
            "age-keygen makes such a file");
      }
      return content;
    }
  }

  /** Returns the key that was given, or asks for a passphrase where that is possible. */
  AgeKey orAsk(Passphrases passphrases) throws IOException {
    Optional<AgeKey> given = given(passphrases);
    return given.isPresent()
        ? given.get()
        : passphrases.existing().map(AgeKey::passphrase).orElse(AgeKey.NONE);
  }
}
