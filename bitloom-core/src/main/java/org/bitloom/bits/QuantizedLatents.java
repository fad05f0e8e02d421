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
  private final BitLayout layout;
  private final int fanIn;
  private final LatentDeviation deviation;
  private Rounded rounded; // null until it is asked for: it may be wanted around given bits
  private int next;

  /** Bit strings, their scale, and the distance that one step of the magnitude is. */
  private record Rounded(QuantizedWeights bits, float scale, double unit) {}

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
    QuantizedWeights.check(weights);
    this.weights = weights;
    this.layout = layout;
    this.fanIn = fanIn;
    this.deviation = deviation;
  }

  /**
   * Returns latents of the same weights, with trained bits and scale chosen around bits that are
   * given.
   *
   * @param name of the parameter
   * @param source is asked once, and sees the rounded bits
   */
  public QuantizedLatents around(String name, FrozenBits source) {
    int[] codes = rounded().bits.codes();
    source.fill(name, layout, codes);
    int given = source.given(name, layout) & layout.frozen();
    QuantizedLatents around = new QuantizedLatents(weights, layout, fanIn, deviation);
    around.rounded =
        around.measured(QuantizedWeights.around(weights, layout.depth(), given, codes));
    return around;
  }

  private Rounded rounded() {
    if (rounded == null) {
      rounded = measured(QuantizedWeights.of(weights, layout.depth()));
    }
    return rounded;
  }

  private Rounded measured(QuantizedWeights bits) {
    if (bits.scale() > 0) {
      double unit = deviation.sign(fanIn) * bits.scale() / rootMeanSquare(weights);
      return new Rounded(bits, bits.scale(), unit);
    }
    double he = StrictMath.sqrt(2.0 / fanIn);
    int largest = SignMagnitude.magnitude(-1, layout.depth());
    float scale = (float) (2 * he / (largest + 1.0)); // zeros have none, but must be able to leave
    double unit = deviation.isEven() ? deviation.even() * scale / he : scale;
    return new Rounded(bits, scale, unit);
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
    Rounded all = rounded();
    int code = all.bits.code(next);
    float weight = weights[next++];
    boolean negative = SignMagnitude.isNegative(code, layout.depth());
    double size = Math.abs(weight) / (double) all.scale;
    double wanted = negative == (weight < 0) ? size : -size; // the sign may be given, and another
    double rest = wanted - SignMagnitude.magnitude(code, layout.depth());
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
    latents[layout.signBit()] = side(negative, size);
    return code;
  }

  private float side(boolean on, double distance) {
    float latent = Math.max(Float.MIN_VALUE, (float) (rounded.unit * distance));
    return on ? latent : -latent;
  }

  @Override
  public float scale() {
    return rounded().scale;
  }

  /** Returns {@link #scale()}: what was learned counts on it. */
  @Override
  public float scale(int[] codes) {
    return rounded().scale;
  }

  @Override
  public double magnitudeDeviation() {
    return deviation.magnitude(layout.depth(), fanIn);
  }
}
