package org.bitloom.seal;

import com.exceptionfactory.jagged.bech32.Bech32;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/** Writes age files as the specification has them, and as it forbids them, from the JDK alone. */
final class AgeFiles {
  static final String PASSPHRASE = "right";
  static final int PIECE = 1 << 16;

  private static final byte[] FILE_KEY = filled(16, 0x5A);
  private static final byte[] SALT = filled(16, 0x11);
  private static final byte[] NONCE = filled(16, 0x22);
  private static final byte[] SECRET = filled(32, 0x33);
  private static final byte[] EPHEMERAL = filled(32, 0x44);

  private AgeFiles() {}

  /** Returns a secret key in the form of a key file. */
  static String identity(int fill) {
    return bech32("AGE-SECRET-KEY-", filled(32, fill));
  }

  /** Returns the secret key of {@link #x25519()}. */
  static String identity() {
    return bech32("AGE-SECRET-KEY-", SECRET);
  }

  static String bech32(String word, byte[] key) {
    return Bech32.getEncoder().encode(word, key).toString();
  }

  static byte[] filled(int bytes, int value) {
    byte[] filled = new byte[bytes];
    Arrays.fill(filled, (byte) value);
    return filled;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns the same bytes in base64 whose last letter has a bit that nobody reads. */
  static String otherBase64(byte[] bytes) {
    String text = base64(bytes);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    int last = letters.indexOf(text.charAt(text.length() - 1));
    return text.substring(0, text.length() - 1) + letters.charAt(last | 1);
  }

  static String scrypt() {
    return scrypt(base64(SALT), "2");
  }

  /** Returns a scrypt stanza with a salt and a work factor as they are written there. */
  static String scrypt(String salt, String work) {
    return "-> scrypt " + salt + " " + work + "\n" + base64(scryptBody()) + "\n";
  }

  static byte[] salt() {
    return SALT.clone();
  }

  /** Returns the key of the file, wrapped with the passphrase at the work factor 2. */
  static byte[] scryptBody() {
    byte[] salt = joined(ascii("age-encryption.org/v1/scrypt"), SALT);
    return seal(SCrypt.generate(ascii(PASSPHRASE), salt, 4, 8, 1, 32), new byte[12], FILE_KEY);
  }

  static String x25519() {
    return x25519(share(), x25519Body());
  }

  static String x25519(byte[] share, byte[] body) {
    return "-> X25519 " + base64(share) + "\n" + wrapped(body);
  }

  static byte[] share() {
    return agree(EPHEMERAL, basePoint());
  }

  static byte[] recipient() {
    return agree(SECRET, basePoint());
  }

  static byte[] x25519Body() {
    byte[] key =
        hkdf(
            agree(EPHEMERAL, recipient()),
            joined(share(), recipient()),
            "age-encryption.org/v1/X25519");
    return seal(key, new byte[12], FILE_KEY);
  }

  /** Returns base64 in lines of 64 letters, the last one shorter. */
  static String wrapped(byte[] body) {
    StringBuilder lines = new StringBuilder(base64(body));
    for (int at = 64; at <= lines.length(); at += 65) {
      lines.insert(at, '\n');
    }
    return lines.append('\n').toString();
  }

  /** Returns a header with its right MAC. */
  static byte[] header(String... stanzas) {
    String text = "age-encryption.org/v1\n" + String.join("", stanzas);
    return ascii(text + "--- " + base64(mac(text)) + "\n");
  }

  /** Returns the MAC of a header, given what stands before the dashes. */
  static byte[] mac(String text) {
    return hmac(hkdf(FILE_KEY, new byte[0], "header"), ascii(text + "---"));
  }

  /** Returns nonce and pieces, the last one marked as such. */
  static byte[] payload(byte[] plain) {
    List<byte[]> pieces =
        IntStream.range(0, Math.max(1, (plain.length + PIECE - 1) / PIECE))
            .mapToObj(
                i -> Arrays.copyOfRange(plain, i * PIECE, Math.min(plain.length, (i + 1) * PIECE)))
            .toList();
    return payload(pieces, pieces.size() - 1);
  }

  /** Returns nonce and pieces; those from {@code last} on are marked as the last one. */
  static byte[] payload(List<byte[]> pieces, int last) {
    byte[] key = hkdf(FILE_KEY, NONCE, "payload");
    byte[] payload = NONCE;
    for (int i = 0; i < pieces.size(); i++) {
      byte[] nonce = new byte[12];
      nonce[10] = (byte) i;
      nonce[11] = (byte) (i >= last ? 1 : 0);
      payload = joined(payload, seal(key, nonce, pieces.get(i)));
    }
    return payload;
  }

  /** Returns a whole file of one passphrase. */
  static byte[] file(byte[] plain) {
    return joined(header(scrypt()), payload(plain));
  }

  /** Armors a file with line ends of one kind. */
  static String armored(byte[] file, String end) {
    StringBuilder text = new StringBuilder("-----BEGIN AGE ENCRYPTED FILE-----" + end);
    String letters = Base64.getEncoder().encodeToString(file);
    for (int at = 0; at < letters.length(); at += 64) {
      text.append(letters, at, Math.min(letters.length(), at + 64)).append(end);
    }
    return text.append("-----END AGE ENCRYPTED FILE-----").append(end).toString();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] basePoint() {
    byte[] nine = new byte[32];
    nine[0] = 9;
    return nine;
  }

  private static byte[] agree(byte[] secret, byte[] point) {
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = point[31 - i];
    }
    try {
      KeyFactory keys = KeyFactory.getInstance("X25519");
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
      agreement.doPhase(
          keys.generatePublic(
              new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, reversed))),
          true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hkdf(byte[] material, byte[] salt, String info) {
    byte[] key = hmac(salt.length == 0 ? new byte[32] : salt, material);
    return hmac(key, joined(ascii(info), new byte[] {1}));
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] seal(byte[] key, byte[] nonce, byte[] plain) {
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
