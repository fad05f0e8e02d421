package org.bitloom.testkit;

/**
 * A tensor of weights with one real latent behind every bit, written down as the paper says it.
 *
 * <p>Bit 0 is the least significant; bit depth-1 is the sign, 1 = negative. A bit is 1 if its
 * latent is above 0. At depth 1 the magnitude is the constant 1. Worked example at depth 3: latents
 * {0.4, 0.0, 0.1} are the bits 1, 0, sign 1, so the weight is -scale.
 */
public final class NaiveBitwiseWeight {
  private final boolean[] trained;
  private final double[][] latents;
  private final double scale;

  /**
   * Holds copies of its arguments.
   *
   * @param trained which bits are trained; its length is the depth, 1..32
   * @param latents [weight][bit]; a frozen bit needs one too, only its sign matters
   * @param scale from integer weight to real weight
   */
  public NaiveBitwiseWeight(boolean[] trained, double[][] latents, double scale) {
    if (trained.length < 1 || trained.length > 32) {
      throw new IllegalArgumentException("depth must be 1..32, got " + trained.length);
    }
    this.trained = trained.clone();
    this.latents = new double[latents.length][];
    for (int weight = 0; weight < latents.length; weight++) {
      if (latents[weight].length != trained.length) {
        throw new IllegalArgumentException(
            "weight "
                + weight
                + " must have one latent per bit: "
                + trained.length
                + ", got "
                + latents[weight].length);
      }
      this.latents[weight] = latents[weight].clone();
    }
    this.scale = scale;
  }

  /** Returns the number of weights. */
  public int size() {
    return latents.length;
  }

  /** Returns the bits per weight, sign included. */
  public int depth() {
    return trained.length;
  }

  /** Says whether a bit is trained. */
  public boolean isTrained(int bit) {
    return trained[bit];
  }

  /** Returns the most significant trained magnitude bit, or -1 if all are frozen. */
  public int topTrainedMagnitudeBit() {
    for (int bit = depth() - 2; bit >= 0; bit--) {
      if (trained[bit]) {
        return bit;
      }
    }
    return -1;
  }

  /** Returns the latent behind a bit. */
  public double latent(int weight, int bit) {
    return latents[weight][bit];
  }

  /** Returns a bit, 0 or 1. */
  public int bit(int weight, int bit) {
    return latents[weight][bit] > 0 ? 1 : 0;
  }

  /** Returns the bit string: bit i of the result is bit i of the weight. */
  public int code(int weight) {
    int code = 0;
    for (int bit = 0; bit < depth(); bit++) {
      code |= bit(weight, bit) << bit;
    }
    return code;
  }

  /** Returns +1 or -1. */
  public int sign(int weight) {
    return 1 - 2 * bit(weight, depth() - 1);
  }

  /** Returns the magnitude, 0..2^31-1; 1 at depth 1. */
  public long magnitude(int weight) {
    if (depth() == 1) {
      return 1;
    }
    long magnitude = 0;
    for (int bit = 0; bit < depth() - 1; bit++) {
      magnitude += (long) bit(weight, bit) << bit;
    }
    return magnitude;
  }

  /** Composes the real weights: scale times sign times magnitude. */
  public double[] weights() {
    double[] weights = new double[size()];
    for (int weight = 0; weight < weights.length; weight++) {
      weights[weight] = scale * sign(weight) * magnitude(weight);
    }
    return weights;
  }

  /** Returns how many weights are exactly 0. */
  public int zeros() {
    int zeros = 0;
    for (int weight = 0; weight < size(); weight++) {
      zeros += magnitude(weight) == 0 ? 1 : 0;
    }
    return zeros;
  }

  /**
   * Returns the straight-through gradient of a latent.
   *
   * @param lossGradient derivative of the loss by the real weight
   */
  public double gradient(int weight, int bit, double lossGradient) {
    if (bit == depth() - 1) {
      return -scale * magnitude(weight) * lossGradient;
    }
    return scale * sign(weight) * (1L << bit) * lossGradient;
  }

  /** Subtracts {@code move} from a latent. */
  void move(int weight, int bit, double move) {
    latents[weight][bit] -= move;
  }
}
