package org.bitloom.testkit;

import java.util.SplittableRandom;

/**
 * Gives tests their random numbers. A failing test is replayed with {@code -Dbitloom.seed=N}.
 *
 * <p>Put {@link #CURRENT} into the description of an assertion, so that a failure names its seed.
 */
public final class Seeds {
  /** The seed of this test run: system property {@code bitloom.seed}, else 220209571. */
  public static final long CURRENT = parse(System.getProperty("bitloom.seed", "220209571"));

  /** Odd and without pattern, so that purposes whose hashes are close get far seeds. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** Returns a fresh generator; every call returns the same stream. */
  public static SplittableRandom random() {
    return new SplittableRandom(CURRENT);
  }

  /** Returns a fresh generator for one named purpose; equal purposes have equal streams. */
  public static SplittableRandom random(String purpose) {
    return new SplittableRandom(CURRENT + SPREAD * purpose.hashCode());
  }

  static long parse(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "bitloom.seed must be a whole number, got '" + text + "'; try -Dbitloom.seed=1", e);
    }
  }
}
