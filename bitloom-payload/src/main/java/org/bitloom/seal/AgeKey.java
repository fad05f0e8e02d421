package org.bitloom.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bitloom.error.UsageException;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;

/**
 * Opens what an {@link AgeLock} or the age program encrypted.
 *
 * <p>The header is read here, by every rule of the format; the library sees it only afterwards.
 */
public final class AgeKey {
  /** Opens nothing. */
  public static final AgeKey NONE = new AgeKey(Optional.empty(), List.of());

  /** Bytes of the nonce and of the authentication of the last piece, which may be empty. */
  private static final int NONCE_BYTES = 16;

  private static final int TAG_BYTES = 16;

  /** What some editors of Windows write before the text. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Optional<ScryptStanza> passphrase;
  private final List<RecipientStanzaReader> identities;

  private AgeKey(Optional<ScryptStanza> passphrase, List<RecipientStanzaReader> identities) {
    this.passphrase = passphrase;
    this.identities = List.copyOf(identities);
  }

  /** Opens with a passphrase. */
  public static AgeKey passphrase(String passphrase) {
    byte[] utf8 = passphrase.getBytes(StandardCharsets.UTF_8);
    return new AgeKey(Optional.of(new ScryptStanza(utf8, ScryptStanza.USUAL_WORK)), List.of());
  }

  /**
   * Opens with secret keys.
   *
   * @param lines of a file as age-keygen writes it: keys, comments after {@code #}, empty lines
   * @throws UsageException if there is no key or another line
   */
  public static AgeKey identities(List<String> lines) {
    return new AgeKey(Optional.empty(), IdentityLines.readers(lines));
  }

  /**
   * Opens with the secret keys of a file, which may be encrypted itself.
   *
   * @param content lines as of {@link #identities}, or an age file of them, armored or not
   * @param passphrase asked if it is encrypted
   * @throws PayloadException if it is encrypted and is not opened
   */
  public static AgeKey identityFile(byte[] content, Supplier<Optional<String>> passphrase)
      throws IOException {
    byte[] plain = content;
    if (Payloads.isAge(content)) {
      AgeKey key = passphrase.get().map(AgeKey::passphrase).orElse(NONE);
      try (InputStream lines = key.decrypt(new ByteArrayInputStream(content))) {
        plain = lines.readAllBytes();
      } catch (PayloadException e) {
        throw new PayloadException(
            e.kind(), "identity file is encrypted itself: " + e.getMessage(), e.hint());
      }
    }
    String text = new String(plain, StandardCharsets.UTF_8);
    return identities(text.replace(BYTE_ORDER_MARK, "").lines().toList());
  }

  /** Says whether this is {@link #NONE}. */
  public boolean isNone() {
    return passphrase.isEmpty() && identities.isEmpty();
  }

  /**
   * Returns the plain text of an age file, armored or not.
   *
   * @throws PayloadException if it is damaged or this key does not open it; also later, while it is
   *     read
   */
  InputStream decrypt(InputStream file) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(file);
    InputStream age =
        AgeArmor.begins(buffered) ? new BufferedInputStream(new AgeArmor(buffered)) : buffered;
    AgeHeader header = AgeHeader.read(age);
    try {
      FileKey key = unwrap(header);
      if (!header.isAuthentic(key)) {
        throw new PayloadException(
            Kind.DAMAGED,
            "age header was damaged or changed after it was written: the key opens it, and its MAC"
                + " is wrong",
            "use an undamaged copy of the encrypted file");
      }
      InputStream whole = new SequenceInputStream(begin(header, age), age);
      List<RecipientStanzaReader> opened = List.of(stanzas -> new FileKey(key.getEncoded()));
      return new Decrypted(
          Channels.newInputStream(
              new StandardDecryptingChannelFactory()
                  .newDecryptingChannel(Channels.newChannel(whole), opened)));
    } catch (GeneralSecurityException e) {
      throw new IOException("the JDK must have what age needs, found " + e.getMessage(), e);
    }
  }

  /** Returns the header and the shortest payload there is, read from {@code age}. */
  private static InputStream begin(AgeHeader header, InputStream age) throws IOException {
    byte[] start = age.readNBytes(NONCE_BYTES + TAG_BYTES);
    if (start.length < NONCE_BYTES + TAG_BYTES) {
      throw new PayloadException(
          Kind.DAMAGED,
          "encrypted payload must have at least "
              + (NONCE_BYTES + TAG_BYTES)
              + " bytes after its header, found "
              + start.length,
          "use an undamaged copy of the encrypted file: this one is cut off");
    }
    return new SequenceInputStream(
        new ByteArrayInputStream(header.bytes()), new ByteArrayInputStream(start));
  }

  private FileKey unwrap(AgeHeader header) throws PayloadException, GeneralSecurityException {
    if (passphrase.isPresent()) {
      return unwrap(header, passphrase.get());
    }
    return identities.isEmpty() ? refuse(header) : unwrap(header, identities);
  }

  private static FileKey refuse(AgeHeader header) throws PayloadException {
    throw new PayloadException(
        Kind.KEY_NEEDED,
        "payload is encrypted for " + header.recipients() + ", so a key must be given, got none",
        header.scrypt().isPresent()
            ? "give --passphrase-file or set BITLOOM_PASSPHRASE; --identity-file is for others"
            : "give --identity-file with the secret key of a recipient");
  }

  private static FileKey unwrap(AgeHeader header, ScryptStanza passphrase) throws PayloadException {
    if (header.scrypt().isEmpty()) {
      throw wrongKey(
          "payload is encrypted for another kind of key than a passphrase, for "
              + header.recipients(),
          "give --identity-file with the secret key of a recipient, and no passphrase");
    }
    try {
      return passphrase.open(header.scrypt().get());
    } catch (GeneralSecurityException e) {
      throw wrongKey(
          "payload is encrypted with a passphrase, and the key given does not open it",
          "check the passphrase: letters, case and spaces at its ends");
    }
  }

  private static FileKey unwrap(AgeHeader header, List<RecipientStanzaReader> identities)
      throws PayloadException, GeneralSecurityException {
    if (header.scrypt().isPresent()) {
      throw wrongKey(
          "payload is encrypted for another kind of key than an identity, with a passphrase",
          "give --passphrase-file or set BITLOOM_PASSPHRASE, and leave out --identity-file");
    }
    List<RecipientStanza> stanzas = Collections.unmodifiableList(header.x25519());
    if (stanzas.isEmpty()) {
      throw wrongKey(
          "payload must be encrypted for a recipient of the kind X25519, found it encrypted for "
              + header.recipients(),
          "extract it with --raw and decrypt it with the age program");
    }
    for (RecipientStanzaReader identity : identities) {
      try {
        return identity.getFileKey(stanzas);
      } catch (UnsupportedRecipientStanzaException e) {
        // Not its recipient; the next one may be.
      }
    }
    throw wrongKey(
        "payload is encrypted for "
            + header.recipients()
            + ", and none of the "
            + identities.size()
            + " identities given opens it",
        "give the identity file of one of its recipients");
  }

  private static PayloadException wrongKey(String message, String hint) {
    return new PayloadException(Kind.WRONG_KEY, message, hint);
  }
}
