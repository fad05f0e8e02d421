package org.bitloom.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.bitloom.error.FailureException;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Connects jagged with scrypt: the stanza of an age file that wraps its key with a passphrase.
 *
 * @param passphrase in UTF-8
 * @param logWork work factor for writing: scrypt's N is 2^logWork
 * @see <a href="https://age-encryption.org/v1">age, the scrypt recipient type</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScryptStanza(byte[] passphrase, int logWork) implements RecipientStanzaWriter {
  /** What the age program uses: about a second and 256 MiB. */
  static final int USUAL_WORK = 18;

  private static final int MAX_WORK = 22;
  private static final int BLOCK_SIZE = 8;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final byte[] LABEL =
      "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey)
      throws GeneralSecurityException {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    EncryptedFileKey wrapped =
        new FileKeyEncryptorFactory()
            .newFileKeyEncryptor()
            .getEncryptedFileKey(fileKey, wrapKey(salt, logWork));
    String saltText = Base64.getEncoder().withoutPadding().encodeToString(salt);
    List<String> arguments = List.of(saltText, Integer.toString(logWork));
    return List.of(new AgeStanza(AgeStanza.SCRYPT, arguments, wrapped.getEncoded()));
  }

  /**
   * Unwraps the key of a file.
   *
   * @param stanza of the type scrypt that keeps the rules
   * @throws GeneralSecurityException if the passphrase is another
   */
  FileKey open(AgeStanza stanza) throws GeneralSecurityException, PayloadException {
    String work = stanza.arguments().get(1);
    if (work.length() > 2 || Integer.parseInt(work) > MAX_WORK) {
      throw new PayloadException(
          Kind.DAMAGED,
          "work factor of the passphrase must be at most "
              + MAX_WORK
              + ", found "
              + AgeHeader.shown(work),
          "ask for a file with an ordinary one; age itself uses " + USUAL_WORK);
    }
    byte[] salt = AgeStanza.decoded(stanza.arguments().get(0)).orElseThrow();
    return new FileKeyDecryptorFactory()
        .newFileKeyDecryptor()
        .getFileKey(new EncryptedFileKey(stanza.body()), wrapKey(salt, Integer.parseInt(work)));
  }

  private CipherKey wrapKey(byte[] salt, int logN) throws GeneralSecurityException {
    long needed = (128L * BLOCK_SIZE) << logN;
    if (needed > Runtime.getRuntime().maxMemory() / 4 * 3) {
      throw new FailureException(
          "scrypt must have " + (needed >> 20) + " MiB of memory, the JVM may use less",
          "raise the limit, such as BITLOOM_OPTS=-Xmx" + (needed >> 19) + "m");
    }
    byte[] labelled = new byte[LABEL.length + salt.length];
    System.arraycopy(LABEL, 0, labelled, 0, LABEL.length);
    System.arraycopy(salt, 0, labelled, LABEL.length, salt.length);
    return new CipherKey(
        SCrypt.generate(passphrase, labelled, 1 << logN, BLOCK_SIZE, 1, KEY_BYTES));
  }
}
