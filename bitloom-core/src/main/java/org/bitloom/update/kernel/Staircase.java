package org.bitloom.update.kernel;

import java.util.Arrays;
import org.bitloom.bits.BitLayout;

/**
 * Holds where each trained magnitude bit of each weight switches on, for the rule {@code coupled}.
 *
 * <p>The initial latent of a bit is kept as a level of one byte, -127..127, over four deviations
 * either way: level q stands for {@code (q + 0.5) / 32} deviations, so no level is zero and the
 * initial bit, {@code q >= 0}, is that of the exact latent. The bit is 1 while initial latent +
 * displacement is above 0.
 *
 * <p>Four levels share an int, and all four are compared at once: with {@code groups =
 * ceil(steps/4)}, step s of a weight is byte {@code s / groups} of {@code packed(s % groups)},
 * lowest byte first. What the comparisons find is gathered in one int per weight, the switches:
 * step s is bit {@code 8 * (s / groups) + s % groups} of it. {@link #spread} takes the switches to
 * their bits of the weight.
 */
public final class Staircase {
  /** The highest level; the lowest is its negative. */
  public static final int TOP_LEVEL = 127;

  /** Displacement 0 on the scale that {@link #highestOff} rounds. */
  public static final float MIDDLE = TOP_LEVEL + 1;

  /** End of that scale; it begins at 1. */
  public static final float LAST_EDGE = 2 * TOP_LEVEL + 2;

  /** Added to a float of 0..2^22, rounds it to an integer, which then fills its low bits. */
  public static final float ROUNDER = 0x1p23f;

  /** The bits of {@link #ROUNDER}, to subtract from the bits of the sum. */
  public static final int ROUNDER_BITS = 0x4b000000;

  /** Taken from the rounded edge, gives the highest level that is off. */
  public static final int EDGE_TO_LEVEL = TOP_LEVEL + 2;

  private static final float LEVELS_PER_DEVIATION = 32;
  private static final int PER_INT = 4;

  /** Four levels below the lowest one: never on. */
  private static final int ABSENT = 0x80808080;

  private final int[] bits;
  private final int[][] packed;
  private final BitSpread spread;
  private final float deviation;

  /**
   * Creates the steps of {@code weights} weights, none set yet: all are off.
   *
   * @param deviation that magnitude latents are drawn with
   */
  public Staircase(BitLayout layout, int weights, double deviation) {
    this.bits = layout.trainedMagnitudeBits();
    this.packed = new int[(bits.length + PER_INT - 1) / PER_INT][weights];
    for (int[] group : packed) {
      Arrays.fill(group, ABSENT);
    }
    int[] switches = new int[bits.length];
    Arrays.setAll(switches, step -> shift(step) + step % packed.length);
    this.spread = new BitSpread(switches, bits);
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

  /** Returns the number of ints that hold the levels of a weight. */
  public int groups() {
    return packed.length;
  }

  /** Returns the ints that hold the levels of steps group, group + groups, ..., one per weight. */
  public int[] packed(int group) {
    return packed[group];
  }

  /** Returns where the switches of a weight belong. */
  public BitSpread spread() {
    return spread;
  }

  /** Returns where in its int the byte of a step begins. */
  int shift(int step) {
    return Byte.SIZE * (step / packed.length);
  }

  /** Returns the level of a weight's step, -127..127. */
  public int level(int step, int weight) {
    return (byte) (packed[step % packed.length][weight] >> shift(step));
  }

  /** Returns how many levels one unit of displacement is. */
  public float levelsPerUnit() {
    return LEVELS_PER_DEVIATION / deviation;
  }

  /** Returns the same for a step that moves by 2^(its bit - top bit) of the displacement. */
  public float levelsPerUnit(int step) {
    return levelsPerUnit() * powerOfTwo(bits[step] - bits[bits.length - 1]);
  }

  /** Returns 2^exponent, exact. */
  public static float powerOfTwo(int exponent) {
    return Math.scalb(1f, exponent);
  }

  /**
   * Returns the highest level that is off after a displacement, -128..127.
   *
   * @param levels the displacement in levels, finite
   */
  public static int highestOff(float levels) {
    float edge = Math.max(1f, Math.min(MIDDLE - levels, LAST_EDGE));
    return Float.floatToRawIntBits(edge + ROUNDER) - ROUNDER_BITS - EDGE_TO_LEVEL;
  }

  /** Sets the level of a weight's step to the one nearest to an initial latent. */
  public void set(int step, int weight, float latent) {
    double levels = Math.ceil((double) latent / deviation * LEVELS_PER_DEVIATION) - 1;
    int level = (int) Math.max(-TOP_LEVEL, Math.min(TOP_LEVEL, levels));
    int shift = shift(step);
    int[] group = packed[step % packed.length];
    group[weight] = (group[weight] & ~(0xff << shift)) | ((level & 0xff) << shift);
  }

  /** Returns the initial latent that a level stands for. */
  public float latent(int step, int weight) {
    return (level(step, weight) + 0.5f) / levelsPerUnit();
  }
}
