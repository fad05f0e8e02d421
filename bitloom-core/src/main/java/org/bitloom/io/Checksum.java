package org.bitloom.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Knows the integrity checksum of our files: SHA-256 over the whole file, in which the 64 digits of
 * the checksum itself count as '0'. It is the value of the metadata key {@code sha256}.
 */
final class Checksum {
  static final String KEY = "sha256";
  static final int DIGITS = 64;
  static final String PLACEHOLDER = "0".repeat(DIGITS);

  /** Quotes inside JSON strings are escaped, so only the key itself can look like this. */
  private static final byte[] BEFORE_DIGITS =
      ("\"" + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);

  private Checksum() {}

  /** Returns the 64 lower-case hexadecimal digits of the finished digest. */
  static byte[] digits(MessageDigest digest) {
    return Sha256.hex(digest).getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns where the digits begin in {@code header}, or -1 if not at exactly one place. */
  static int digitsIn(byte[] header) {
    int found = -1;
    int end = header.length - BEFORE_DIGITS.length - DIGITS;
    for (int at = 0; at <= end; at++) {
      if (isBeforeDigits(header, at)) {
        if (found >= 0) {
          return -1;
        }
        found = at + BEFORE_DIGITS.length;
      }
    }
    return found;
  }

  private static boolean isBeforeDigits(byte[] header, int at) {
    for (int i = 0; i < BEFORE_DIGITS.length; i++) {
      if (header[at + i] != BEFORE_DIGITS[i]) {
        return false;
      }
    }
    return true;
  }
}
