package org.bitloom.update;

import org.bitloom.bits.BitLayout;

/**
 * Holds where each trained magnitude bit of each weight switches on, for the rule {@code coupled}.
 *
 * <p>The initial latent of a bit is kept as one of 256 levels over four deviations either way:
 * level q stands for {@code (q - 127.5) / 32} deviations, so no level is zero and the initial bit,
 * {@code q >= 128}, is that of the exact latent. The bit is 1 while initial latent + displacement
 * is above 0. Four levels share an int: step s of a weight is byte {@code s & 3} of {@code packed[s
 * >>> 2]}, lowest byte first.
 */
public final class Staircase {
  /** Number of levels. */
  public static final int LEVELS = 256;

  /** The lowest level that is on at displacement 0. */
  public static final float MIDDLE = LEVELS / 2;

  /** Added to a float of 0..2^22, rounds it to an integer, which then fills its low bits. */
  public static final float ROUNDER = 0x1p23f;

  /** The bits of {@link #ROUNDER}, to subtract from the bits of the sum. */
  public static final int ROUNDER_BITS = 0x4b000000;

  private static final float LEVELS_PER_DEVIATION = 32;

  private final int[] bits;
  private final int[][] packed;
  private final float deviation;

  Staircase(BitLayout layout, int weights, double deviation) {
    this.bits = layout.trainedMagnitudeBits();
    this.packed = new int[(bits.length + 3) / 4][weights];
    this.deviation = (float) deviation;
  }

  /** Returns the number of trained magnitude bits. */
  public int steps() {
    return bits.length;
  }

  /** Returns which bit of the weight step {@code step} is; rising. */
  public int bit(int step) {
    return bits[step];
  }

  /** Returns the level of a weight's step, 0..255. */
  public int level(int step, int weight) {
    return packed[step >>> 2][weight] >>> (8 * (step & 3)) & (LEVELS - 1);
  }

  /** Returns the ints that hold the levels of steps 4*group to 4*group+3, one per weight. */
  public int[] packed(int group) {
    return packed[group];
  }

  int groups() {
    return packed.length;
  }

  /** Returns how many levels one unit of displacement is. */
  public float levelsPerUnit() {
    return LEVELS_PER_DEVIATION / deviation;
  }

  /** Returns the same for a step that moves by 2^(its bit - top bit) of the displacement. */
  public float levelsPerUnit(int step) {
    return levelsPerUnit() * powerOfTwo(bits[step] - bits[bits.length - 1]);
  }

  static float powerOfTwo(int exponent) {
    return Math.scalb(1f, exponent);
  }

  /**
   * Returns the lowest level that is on after a displacement, 0..256.
   *
   * @param levels the displacement in levels, finite
   */
  public static int threshold(float levels) {
    float edge = Math.max(0f, Math.min(MIDDLE - levels, (float) LEVELS));
    return Float.floatToRawIntBits(edge + ROUNDER) - ROUNDER_BITS;
  }

  void set(int step, int weight, float latent) {
    double levels = Math.ceil((double) latent / deviation * LEVELS_PER_DEVIATION);
    int level = (int) Math.max(0, Math.min(LEVELS - 1, MIDDLE - 1 + levels));
    packed[step >>> 2][weight] |= level << (8 * (step & 3));
  }

  /** Returns the initial latent that a level stands for. */
  float latent(int step, int weight) {
    return (level(step, weight) - (MIDDLE - 0.5f)) / levelsPerUnit();
  }
}
