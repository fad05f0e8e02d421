package org.bitloom.bits;

/**
 * Gives latents to the bits of given weights: each on the side of zero that its bit demands, as far
 * from it as the weight is from the value where the bit should flip.
 *
 * <p>While all latents of a weight move alike, trained bits that are 0 can only switch on and those
 * that are 1 only off, the least significant first. A bit flips half-way between the value before
 * and the value after. The sign flips where the weight crosses zero. Distances are in a unit in
 * which the weights have the deviation of drawn sign latents: He's, or that of even latents.
 * docs/algorithm.md, "Starting from a trained network".
 */
public final class QuantizedLatents implements InitialLatents {
  private final float[] weights;
  private final QuantizedWeights bits;
  private final BitLayout layout;
  private final double magnitudeDeviation;
  private final float scale;
  private final double unit;
  private int next;

  /**
   * Rounds weights to bits.
   *
   * @param weights of one tensor, finite, at least one; read, also later
   * @param layout depth and trained bits
   * @param fanIn inputs per output unit; at least 1
   * @throws IllegalArgumentException if a weight is not finite
   */
  public QuantizedLatents(float[] weights, BitLayout layout, int fanIn) {
    this(weights, layout, fanIn, LatentDeviation.PAPER);
  }

  /**
   * Rounds weights to bits whose latents have a deviation of their own.
   *
   * @see #QuantizedLatents(float[], BitLayout, int)
   */
  public QuantizedLatents(float[] weights, BitLayout layout, int fanIn, LatentDeviation deviation) {
    DrawnLatents.checkFanIn(fanIn);
    this.weights = weights;
    this.bits = QuantizedWeights.of(weights, layout.depth());
    this.layout = layout;
    this.magnitudeDeviation = deviation.magnitude(layout.depth(), fanIn);
    double he = StrictMath.sqrt(2.0 / fanIn);
    if (bits.scale() > 0) {
      this.scale = bits.scale();
      this.unit = deviation.sign(fanIn) * scale / rootMeanSquare(weights);
    } else {
      int largest = SignMagnitude.magnitude(-1, layout.depth());
      this.scale = (float) (2 * he / (largest + 1.0)); // zeros have none, but must be able to leave
      this.unit = deviation.isEven() ? deviation.even() * scale / he : scale;
    }
  }

  private static double rootMeanSquare(float[] weights) {
    double squares = 0;
    for (float weight : weights) {
      squares += (double) weight * weight;
    }
    return StrictMath.sqrt(squares / weights.length);
  }

  @Override
  public int next(float[] latents) {
    int code = bits.code(next);
    double size = Math.abs(weights[next++]) / (double) scale;
    double rest = size - SignMagnitude.magnitude(code, layout.depth());
    double canGo = 0;
    double canCome = 0;
    for (int bit = 0; bit < layout.magnitudeBits(); bit++) {
      double worth = 1L << bit;
      boolean on = (code >>> bit & 1) != 0;
      double distance = worth / 2 + (on ? canGo + rest : canCome - rest);
      latents[bit] = side(on, distance);
      if (layout.isTrained(bit)) {
        canGo += on ? worth : 0;
        canCome += on ? 0 : worth;
      }
    }
    latents[layout.signBit()] = side(SignMagnitude.isNegative(code, layout.depth()), size);
    return code;
  }

  private float side(boolean on, double distance) {
    float latent = Math.max(Float.MIN_VALUE, (float) (unit * distance));
    return on ? latent : -latent;
  }

  @Override
  public float scale() {
    return scale;
  }

  /** Returns {@link #scale()}: what was learned counts on it. */
  @Override
  public float scale(int[] codes) {
    return scale;
  }

  @Override
  public double magnitudeDeviation() {
    return magnitudeDeviation;
  }
}
