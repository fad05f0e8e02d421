package org.bitloom.seal;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.error.UsageException;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;

/** Opens what an {@link AgeLock} or the age program encrypted. */
public final class AgeKey {
  /** Opens nothing. */
  public static final AgeKey NONE = new AgeKey(List.of());

  private static final String SECRET_KEY = "AGE-SECRET-KEY-1";

  private final List<RecipientStanzaReader> readers;

  private AgeKey(List<RecipientStanzaReader> readers) {
    this.readers = List.copyOf(readers);
  }

  /** Opens with a passphrase. */
  public static AgeKey passphrase(String passphrase) {
    return new AgeKey(
        List.of(
            new ScryptStanza(
                passphrase.getBytes(StandardCharsets.UTF_8), ScryptStanza.USUAL_WORK)));
  }

  /**
   * Opens with secret keys.
   *
   * @param lines of a file as age-keygen writes it: keys, comments after {@code #}, empty lines
   * @throws UsageException if there is no key or another line
   */
  public static AgeKey identities(List<String> lines) {
    List<RecipientStanzaReader> readers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        readers.add(identity(line, i + 1));
      }
    }
    if (readers.isEmpty()) {
      throw new UsageException(
          "identities must have a line " + SECRET_KEY + "..., found none",
          "age-keygen makes such a file");
    }
    return new AgeKey(readers);
  }

  private static RecipientStanzaReader identity(String line, int number) {
    try {
      if (line.startsWith(SECRET_KEY)) {
        return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      // Said below, without the line: a damaged secret key is still a secret.
    }
    throw new UsageException(
        "identities must be lines " + SECRET_KEY + "..., line " + number + " is not one",
        "age-keygen makes such a file");
  }

  /** Says whether this is {@link #NONE}. */
  public boolean isNone() {
    return readers.isEmpty();
  }

  /**
   * Returns the plain text of an age file.
   *
   * @throws PayloadException if this key does not open it
   */
  InputStream decrypt(InputStream age) throws IOException {
    if (isNone()) {
      throw new PayloadException(
          Kind.KEY_NEEDED,
          "payload is encrypted, so a key must be given, got none",
          "give --passphrase-file or --identity-file, or set BITLOOM_PASSPHRASE");
    }
    GeneralSecurityException reason = null;
    try {
      return Channels.newInputStream(
          new StandardDecryptingChannelFactory()
              .newDecryptingChannel(Channels.newChannel(age), readers));
    } catch (GeneralSecurityException e) {
      reason = e;
    }
    boolean otherKind =
        reason instanceof ScryptStanza.WrongKindOfKeyException
            || reason instanceof UnsupportedRecipientStanzaException;
    throw new PayloadException(
        Kind.WRONG_KEY,
        otherKind
            ? "payload is encrypted for another kind of key than the one given"
            : "payload is encrypted, and the key given does not open it",
        otherKind
            ? "give --identity-file in place of a passphrase, or the other way round"
            : "check the passphrase or the identity file");
  }
}
