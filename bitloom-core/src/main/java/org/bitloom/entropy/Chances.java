package org.bitloom.entropy;

import java.util.Arrays;

/**
 * How likely a 1 is in each of some contexts: first the plain average of what was seen, after
 * {@link #MOST_SEEN} bits one that forgets.
 */
final class Chances {
  /** Bits behind the point of an average. */
  private static final int POINT = 22;

  private static final int MOST_SEEN = 255;

  /** Of 65,536: no bit is ever more certain than this, nor less than its rest. */
  private static final int LEAST = 16;

  private final int[] averages;
  private final int[] seen;

  Chances(int contexts) {
    averages = new int[contexts];
    Arrays.fill(averages, 1 << (POINT - 1));
    seen = new int[contexts];
  }

  /** Passes on a bit, and learns from it. */
  int code(BinaryCoder coder, int context, int bit) {
    int average = averages[context];
    int chance = Math.max(LEAST, Math.min(BinaryCoder.WHOLE - LEAST, average >> (POINT - 16)));
    int passed = coder.code(bit, chance);
    int part = 2 * seen[context] + 3;
    averages[context] =
        passed == 1 ? average + 2 * ((1 << POINT) - average) / part : average - 2 * average / part;
    seen[context] = Math.min(MOST_SEEN, seen[context] + 1);
    return passed;
  }
}
