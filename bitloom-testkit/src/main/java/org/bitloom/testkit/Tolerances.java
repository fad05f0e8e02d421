package org.bitloom.testkit;

/** Names every tolerance a test may use, with the reason for its size. */
public final class Tolerances {
  /**
   * Relative error of a short chain of float operations against the same chain in double: each
   * rounds by at most 2^-24 = 6e-8, and 16 of them stay below this.
   */
  public static final double FLOAT_CHAIN = 1e-6;

  /**
   * Relative error of a composed float weight: the magnitude and the product with the scale are
   * rounded once each, 2 * 2^-24 = 1.2e-7.
   */
  public static final double FLOAT_WEIGHT = 1.3e-7;

  /**
   * Relative error of double arithmetic in another order of operations: some tens of roundings of
   * 2^-53 = 1.1e-16 each.
   */
  public static final double DOUBLE_CHAIN = 1e-13;

  private Tolerances() {}

  /**
   * Returns the absolute error of a latent held in float after {@code steps} updates.
   *
   * <p>Each step rounds the latent by at most 2^-24 of its size and adds a move whose own relative
   * error is at most {@link #FLOAT_CHAIN}. The moments average, so their errors do not pile up.
   *
   * @param steps updates done; at least 1
   * @param size largest absolute value of the latent on its way
   * @param moved sum of the absolute moves, in the unit of the latent
   */
  public static double floatLatent(int steps, double size, double moved) {
    return steps * 0x1p-24 * size + FLOAT_CHAIN * moved;
  }

  /**
   * Returns the absolute error of a value drawn from N(0, sigma^2) and put on a grid of 256 levels
   * over -4 sigma .. 4 sigma: half a step of 8 sigma / 255. Values further out are cut, so compare
   * only those inside.
   */
  public static double gridOffset(double sigma) {
    return 4 * sigma / 255 * (1 + FLOAT_CHAIN);
  }

  /**
   * Returns five standard errors of the mean of {@code samples} draws with deviation {@code sigma}:
   * a sound generator fails by chance once in 1.7 million seeds.
   */
  public static double sampleMean(int samples, double sigma) {
    return 5 * sigma / Math.sqrt(samples);
  }

  /**
   * Returns five standard errors of the deviation of {@code samples} normal draws with deviation
   * {@code sigma}, sigma / sqrt(2 n) each.
   */
  public static double sampleDeviation(int samples, double sigma) {
    return 5 * sigma / Math.sqrt(2.0 * samples);
  }

  /**
   * Returns five standard errors of the share of {@code samples} draws that come out one way, taken
   * at its largest (a fair coin).
   */
  public static double sampleShare(int samples) {
    return 5 * 0.5 / Math.sqrt(samples);
  }
}
