package org.bitloom.seal;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.UsageException;

/** Encrypts in the age format, for a passphrase or for the holders of keys. */
public final class AgeLock {
  private static final String PUBLIC_KEY = "age";
  private static final String SECRET_KEY = "AGE-SECRET-KEY-";

  private final List<RecipientStanzaWriter> writers;

  private AgeLock(List<RecipientStanzaWriter> writers) {
    this.writers = List.copyOf(writers);
  }

  /** Encrypts so that the passphrase opens it. */
  public static AgeLock passphrase(String passphrase) {
    return passphrase(passphrase, ScryptStanza.USUAL_WORK);
  }

  static AgeLock passphrase(String passphrase, int logWork) {
    if (passphrase.isEmpty()) {
      throw new UsageException("passphrase must not be empty", "choose one");
    }
    return new AgeLock(
        List.of(new ScryptStanza(passphrase.getBytes(StandardCharsets.UTF_8), logWork)));
  }

  /**
   * Encrypts so that each of the recipients can open it alone.
   *
   * @param recipients public keys {@code age1...}, as age-keygen prints them; at least one
   * @throws UsageException if one is not a public key
   */
  public static AgeLock recipients(List<String> recipients) {
    if (recipients.isEmpty()) {
      throw new UsageException("recipients must be at least one, got none", "name a public key");
    }
    return new AgeLock(recipients.stream().map(AgeLock::writer).toList());
  }

  private static RecipientStanzaWriter writer(String recipient) {
    try {
      byte[] point = KeyText.decode(PUBLIC_KEY, recipient);
      if (LowOrderPoint.is(point)) {
        throw new IllegalArgumentException(
            "it is a point of low order, and everybody could open what is encrypted for it");
      }
      return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UsageException(
          "recipient must be a public key age1..., got '"
              + shown(recipient)
              + "': "
              + otherKind(recipient).orElseGet(() -> String.valueOf(e.getMessage())),
          "age-keygen prints it when it makes a key");
    }
  }

  /** Returns the beginning of a key; of a secret one no more than the word that says so. */
  private static String shown(String recipient) {
    return recipient.regionMatches(true, 0, SECRET_KEY, 0, SECRET_KEY.length())
        ? SECRET_KEY + "..."
        : AgeHeader.shown(recipient.replaceAll("[^ -~]", "?"));
  }

  /** Says what a key is that the age program or its plugins know and bitloom does not. */
  private static Optional<String> otherKind(String recipient) {
    if (recipient.regionMatches(true, 0, SECRET_KEY, 0, SECRET_KEY.length())) {
      return Optional.of("this is a secret key, which nobody else should see");
    }
    if (recipient.startsWith("ssh-")) {
      return Optional.of("keys of SSH are not supported");
    }
    int separator = recipient.lastIndexOf('1');
    return separator > "age1".length() && recipient.startsWith("age1")
        ? Optional.of(
            "keys of the kind " + recipient.substring(0, separator) + " are not supported")
        : Optional.empty();
  }

  /** Returns a stream that encrypts to {@code out}; it must be closed, and closes {@code out}. */
  OutputStream encrypt(OutputStream out) throws IOException {
    try {
      return Channels.newOutputStream(
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(Channels.newChannel(out), writers));
    } catch (GeneralSecurityException e) {
      throw new IOException("encryption failed: " + e.getMessage(), e);
    }
  }
}
