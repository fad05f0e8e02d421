package org.bitloom.bits;

/**
 * Holds float weights rounded to sign-magnitude codes, with the scale that loses least.
 *
 * <p>The scale a minimizes the sum of (w - a*q)^2 over the tensor, q = sign times magnitude; see
 * {@link ScaleSearch}. A weight that is rounded to magnitude 0 keeps its sign; 0 and -0 have the
 * sign bit 0. At depth 1 the magnitude is the constant 1 and a is the mean size of the weights.
 */
public final class QuantizedWeights {
  private final int depth;
  private final float scale;
  private final int[] codes;

  private QuantizedWeights(int depth, float scale, int[] codes) {
    this.depth = depth;
    this.scale = scale;
    this.codes = codes;
  }

  /**
   * Rounds weights to codes of {@code depth} bits.
   *
   * @param weights of one tensor, finite, at least one; read
   * @param depth bits per weight, sign included; 1..32
   * @throws IllegalArgumentException if a weight is not finite; the message names its index
   */
  public static QuantizedWeights of(float[] weights, int depth) {
    BitLayout.checkDepth(depth);
    check(weights);
    float scale = ScaleSearch.find(weights, depth);
    int[] codes = new int[weights.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(weights[i], depth, scale);
    }
    return new QuantizedWeights(depth, scale, codes);
  }

  static void check(float[] weights) {
    if (weights.length == 0) {
      throw new IllegalArgumentException("weights must be at least one, got none");
    }
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "weights must be finite, got " + weights[i] + " at index " + i);
      }
    }
  }

  /**
   * Rounds weights to codes of which some bits are given: the others, and the scale, are chosen so
   * that the weights come as near as they can.
   *
   * @param weights of one tensor, finite, at least one; read
   * @param depth bits per weight, sign included; 2..32
   * @param given set of the bits that are given
   * @param codes [weights], bit strings that hold them; read
   * @throws IllegalArgumentException if a weight is not finite; the message names its index
   */
  static QuantizedWeights around(float[] weights, int depth, int given, int[] codes) {
    check(weights);
    int sign = 1 << (depth - 1);
    int[] rounded = new int[weights.length];
    float[] targets = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      int own = weights[i] < 0 ? sign : 0;
      rounded[i] = (given & sign) != 0 ? codes[i] & sign : own;
      targets[i] = rounded[i] == own ? Math.abs(weights[i]) : -Math.abs(weights[i]);
    }
    Magnitudes.Around magnitudes = new Magnitudes.Around(codes, depth, given);
    float scale = ScaleSearch.around(targets, magnitudes);
    double inverse = scale == 0 ? 0 : 1.0 / scale;
    for (int i = 0; i < weights.length; i++) {
      rounded[i] |= magnitudes.magnitude(i, targets[i] * inverse);
    }
    return new QuantizedWeights(depth, scale, rounded);
  }

  private static int code(float weight, int depth, float scale) {
    int sign = weight < 0 ? 1 << (depth - 1) : 0;
    if (depth == 1 || scale == 0) {
      return sign;
    }
    int largest = SignMagnitude.magnitude(-1, depth);
    return sign | (int) Math.min(largest, Math.rint(Math.abs(weight) * (1.0 / scale)));
  }

  /** Returns the number of weights. */
  public int size() {
    return codes.length;
  }

  /** Returns bits per weight, sign included. */
  public int depth() {
    return depth;
  }

  /** Returns the scale: above 0, or 0 if every weight is. */
  public float scale() {
    return scale;
  }

  /** Returns the bit strings of all weights, a new array. */
  int[] codes() {
    return codes.clone();
  }

  /** Returns the bit string of a weight; see {@link SignMagnitude}. */
  public int code(int weight) {
    return codes[weight];
  }
}
