package org.bitloom.seal;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * Tells the points of X25519 whose shared secret is zero whatever the other key is: what is
 * encrypted for such a point is open to everybody.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7748#section-6.1">RFC 7748, section 6.1</a>
 */
final class LowOrderPoint {
  private static final String X25519 = "X25519";
  private static final int BYTES = 32;

  private LowOrderPoint() {}

  /** Says whether a point, 32 little-endian bytes, gives no secret; the highest bit is ignored. */
  static boolean is(byte[] point) {
    try {
      KeyFactory keys = KeyFactory.getInstance(X25519);
      byte[] anyScalar = new byte[BYTES];
      Arrays.fill(anyScalar, (byte) 0x42); // every scalar is a multiple of 8 after clamping
      KeyAgreement agreement = KeyAgreement.getInstance(X25519);
      agreement.init(
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, anyScalar)));
      PublicKey key =
          keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(point)));
      agreement.doPhase(key, true);
      return Arrays.equals(agreement.generateSecret(), new byte[BYTES]);
    } catch (InvalidKeyException e) {
      return true; // what the JDK says of a secret that is zero
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("X25519 must be in every JDK", e);
    }
  }

  private static BigInteger coordinate(byte[] point) {
    byte[] bigEndian = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bigEndian[i] = point[BYTES - 1 - i];
    }
    bigEndian[0] &= 0x7F;
    return new BigInteger(1, bigEndian);
  }
}
