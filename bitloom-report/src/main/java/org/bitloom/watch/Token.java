package org.bitloom.watch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The part of an address that nobody can guess: other users of the machine reach every port of it.
 *
 * @param text letters that need no escape in an address
 */
record Token(String text) {
  /** As many bits as a key that nobody tries out. */
  private static final int BITS = 192;

  /** Draws a new one. This is no randomness of a run: it must not repeat. */
  static Token draw() {
    byte[] bytes = new byte[BITS / Byte.SIZE];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Says whether a text is this token, in a time that does not tell where they differ. */
  boolean is(String other) {
    return MessageDigest.isEqual(bytes(text), bytes(other));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
