package org.bitloom.bits;

import java.util.SplittableRandom;

/**
 * Draws the initial latents of one tensor, weight after weight, and the scale that fits them.
 *
 * <p>Magnitude latents are N(0, 2/(depth*fanIn)), all of a weight's redrawn until one is above 0,
 * so that no weight starts at zero. The sign latent is N(0, 2/fanIn) cut off at two deviations.
 * Both rules and every mask see the same draws. Even latents are the same draws in another unit:
 * the bits they make are the same. docs/algorithm.md, "Initialization".
 */
public final class DrawnLatents implements InitialLatents {
  private static final double SIGN_CUT = 2; // deviations

  private final SplittableRandom random;
  private final int depth;
  private final int fanIn;
  private final LatentDeviation deviation;
  private final HeScale drawn = new HeScale();
  private double spare = Double.NaN;

  /**
   * Opens the stream of one tensor.
   *
   * @param seed of the run
   * @param name of the parameter
   * @param depth bits per weight, sign included; 1..32
   * @param fanIn inputs per output unit; at least 1
   */
  public DrawnLatents(long seed, String name, int depth, int fanIn) {
    this(seed, name, depth, fanIn, LatentDeviation.PAPER);
  }

  /**
   * Opens the stream of one tensor whose latents have a deviation of their own.
   *
   * @see #DrawnLatents(long, String, int, int)
   */
  public DrawnLatents(long seed, String name, int depth, int fanIn, LatentDeviation deviation) {
    BitLayout.checkDepth(depth);
    checkFanIn(fanIn);
    this.random = RandomStreams.of(seed, "latents/" + name);
    this.depth = depth;
    this.fanIn = fanIn;
    this.deviation = deviation;
  }

  static void checkFanIn(int fanIn) {
    if (fanIn < 1) {
      throw new IllegalArgumentException("fanIn must be at least 1, got " + fanIn);
    }
  }

  @Override
  public double magnitudeDeviation() {
    return deviation.magnitude(depth, fanIn);
  }

  @Override
  public int next(float[] latents) {
    double ofMagnitude = magnitudeDeviation();
    int code;
    do {
      code = 0;
      for (int bit = 0; bit < depth - 1; bit++) {
        latents[bit] = (float) (ofMagnitude * gaussian());
        code |= latents[bit] > 0 ? 1 << bit : 0;
      }
    } while (code == 0 && depth > 1);
    latents[depth - 1] = (float) (deviation.sign(fanIn) * cutGaussian());
    code |= latents[depth - 1] > 0 ? 1 << (depth - 1) : 0;
    drawn.add(SignMagnitude.value(code, depth));
    return code;
  }

  /**
   * Returns sqrt(2/fanIn) / std of the integer weights drawn so far, so that the real weights have
   * He's deviation. Where all are equal (tiny tensors), their root mean square stands for std.
   */
  @Override
  public float scale() {
    return drawn.scale(fanIn);
  }

  @Override
  public float scale(int[] codes) {
    return HeScale.of(codes, depth, fanIn);
  }

  private double cutGaussian() {
    double z;
    do {
      z = gaussian();
    } while (StrictMath.abs(z) > SIGN_CUT);
    return z;
  }

  /** Marsaglia's polar method on StrictMath: the same numbers on every JDK. */
  private double gaussian() {
    if (!Double.isNaN(spare)) {
      double z = spare;
      spare = Double.NaN;
      return z;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * random.nextDouble() - 1;
      v = 2 * random.nextDouble() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    spare = v * factor;
    return u * factor;
  }
}
