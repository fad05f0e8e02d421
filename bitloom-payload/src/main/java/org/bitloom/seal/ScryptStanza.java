package org.bitloom.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bitloom.error.FailureException;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Connects jagged with scrypt: the stanza of an age file that wraps its key with a passphrase.
 *
 * @param passphrase in UTF-8
 * @param logWork work factor for writing: scrypt's N is 2^logWork
 * @see <a href="https://age-encryption.org/v1">age, the scrypt recipient type</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScryptStanza(byte[] passphrase, int logWork)
    implements RecipientStanzaWriter, RecipientStanzaReader {
  static final String TYPE = "scrypt";

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
    return List.of(new Stanza(TYPE, arguments, wrapped.getEncoded()));
  }

  @Override
  public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
    List<RecipientStanza> all = new ArrayList<>();
    stanzas.forEach(all::add);
    if (all.size() != 1 || !all.get(0).getType().equals(TYPE)) {
      throw new WrongKindOfKeyException("age file must have one scrypt stanza for a passphrase");
    }
    List<String> arguments = all.get(0).getArguments();
    if (arguments.size() != 2 || !arguments.get(1).matches("[1-9][0-9]?")) {
      throw new GeneralSecurityException("scrypt stanza must have a salt and a work factor");
    }
    byte[] salt = salt(arguments.get(0));
    EncryptedFileKey wrapped = new EncryptedFileKey(all.get(0).getBody());
    return new FileKeyDecryptorFactory()
        .newFileKeyDecryptor()
        .getFileKey(wrapped, wrapKey(salt, Integer.parseInt(arguments.get(1))));
  }

  private static byte[] salt(String text) throws GeneralSecurityException {
    try {
      byte[] salt = Base64.getDecoder().decode(text);
      if (salt.length == SALT_BYTES) {
        return salt;
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("salt must be base64", e);
    }
    throw new GeneralSecurityException("salt must have 16 bytes");
  }

  private CipherKey wrapKey(byte[] salt, int logN) throws GeneralSecurityException {
    if (logN > MAX_WORK) {
      throw new GeneralSecurityException("work factor must be 1.." + MAX_WORK + ", got " + logN);
    }
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

  /** Tells that a file was made for another kind of key. */
  static final class WrongKindOfKeyException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    WrongKindOfKeyException(String message) {
      super(message);
    }
  }

  private record Stanza(String type, List<String> arguments, byte[] body)
      implements RecipientStanza {
    @Override
    public String getType() {
      return type;
    }

    @Override
    public List<String> getArguments() {
      return arguments;
    }

    @Override
    public byte[] getBody() {
      return body.clone();
    }
  }
}
