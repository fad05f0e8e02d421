package org.bitloom.bits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * Derives independent random streams from one seed, each by its name.
 *
 * <p>A stream depends on seed and name only, so the order in which streams are used does not
 * matter.
 */
public final class RandomStreams {
  private RandomStreams() {}

  /** Returns the stream called {@code name} of {@code seed}. */
  public static SplittableRandom of(long seed, String name) {
    return new SplittableRandom(derive(seed, name));
  }

  /** Returns a number that depends on seed and step alone; cheap enough for every step. */
  public static long mix(long seed, long step) {
    return new SplittableRandom(seed + step * 0x9e3779b97f4a7c15L).nextLong();
  }

  /** Returns the seed of the stream called {@code name}: 8 bytes of SHA-256 over seed and name. */
  public static long derive(long seed, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256; this one has not", e);
    }
  }
}
