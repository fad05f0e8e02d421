package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.seal.AgeLock;
import org.bitloom.seal.Sealing;
import picocli.CommandLine.Option;

/** The options that say how a file is prepared for its way into free bits. */
public final class SealOptions {
  @Option(names = "--compress", description = "Compress the file with zstd.")
  private boolean compress;

  @Option(
      names = "--encrypt",
      description =
          "Encrypt with a passphrase from "
              + Passphrases.VARIABLE
              + " or the terminal (age format).")
  private boolean encrypt;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Encrypt with the passphrase in the first line of a file.")
  private Path passphraseFile;

  @Option(
      names = "--recipient",
      paramLabel = "KEY",
      description = "Encrypt for a public key age1...; repeatable.")
  private List<String> recipients;

  @Option(
      names = "--ecc",
      description = "Add parity: up to 16 wrong bytes of each 255 can be repaired.")
  private boolean parity;

  /** Says whether any of them was given. */
  public boolean isGiven() {
    return compress || encrypt || passphraseFile != null || recipients != null || parity;
  }

  /** Returns what the options ask for; may ask for a passphrase. */
  public Sealing sealing(Passphrases passphrases) throws IOException {
    return new Sealing(compress, lock(passphrases), parity);
  }

  private Optional<AgeLock> lock(Passphrases passphrases) throws IOException {
    boolean byPassphrase = encrypt || passphraseFile != null;
    if (recipients != null && byPassphrase) {
      throw new UsageException(
          "encryption must be by a passphrase or for recipients, got both",
          "leave out one of the two");
    }
    if (recipients != null) {
      return Optional.of(AgeLock.recipients(recipients));
    }
    if (!byPassphrase) {
      return Optional.empty();
    }
    return Optional.of(
        AgeLock.passphrase(
            passphraseFile == null ? passphrases.chosen() : Passphrases.read(passphraseFile)));
  }
}
