package org.bitloom.seal;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.error.UsageException;

/** Encrypts in the age format, for a passphrase or for the holders of keys. */
public final class AgeLock {
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
    List<RecipientStanzaWriter> writers = new ArrayList<>();
    for (String recipient : recipients) {
      try {
        writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
      } catch (GeneralSecurityException | RuntimeException e) {
        throw new UsageException(
            "recipient must be a public key age1..., got '" + recipient + "'",
            "age-keygen prints it when it makes a key");
      }
    }
    return new AgeLock(writers);
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
