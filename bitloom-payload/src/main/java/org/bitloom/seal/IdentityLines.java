package org.bitloom.seal;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.error.UsageException;

/** Reads secret keys; no message shows a line, since a damaged secret key is still a secret. */
final class IdentityLines {
  private static final String WORD = "AGE-SECRET-KEY-";
  private static final String HINT = "age-keygen makes such a file";

  private IdentityLines() {}

  /**
   * Returns what each secret key opens.
   *
   * @throws UsageException if there is none or another line
   */
  static List<RecipientStanzaReader> readers(List<String> lines) {
    List<RecipientStanzaReader> readers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        readers.add(reader(line, i + 1));
      }
    }
    if (readers.isEmpty()) {
      throw new UsageException("identities must have a line " + WORD + "1..., found none", HINT);
    }
    return readers;
  }

  private static RecipientStanzaReader reader(String line, int number) {
    String reason;
    try {
      KeyText.decode(WORD, line);
      return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
    } catch (IllegalArgumentException e) {
      reason = e.getMessage();
    } catch (GeneralSecurityException e) {
      reason = "no key of X25519";
    }
    throw new UsageException(
        "identities must be lines "
            + WORD
            + "1..., line "
            + number
            + " is not one: "
            + otherKind(line, reason),
        HINT);
  }

  /** Says what a line is that others take for a key, or {@code otherwise}. */
  private static String otherKind(String line, String otherwise) {
    if (line.startsWith("age1")) {
      return "it is a public key";
    }
    if (line.startsWith("ssh-") || line.startsWith("-----BEGIN")) {
      return "keys of SSH and others in PEM are not supported";
    }
    if (line.startsWith("AGE-PLUGIN-") || line.startsWith("AGE-SECRET-KEY-PQ-1")) {
      return "keys of plugins and of other kinds than X25519 are not supported";
    }
    return otherwise;
  }
}
