package org.bitloom.bits;

/** Finds the scale that gives integer weights He's deviation; docs/algorithm.md, section 2. */
public final class HeScale {
  /** Below this share of the mean square, too few digits of the variance are left. */
  private static final double CANCELLED = 1e-6;

  private long count;
  private double sum;
  private double squares;

  HeScale() {}

  /** Counts an integer weight. */
  void add(int value) {
    count++;
    sum += value;
    squares += (double) value * value;
  }

  /**
   * Returns sqrt(2/fanIn) / std of the integers counted so far. Where all are equal (tiny tensors),
   * their root mean square stands for std.
   */
  float scale(int fanIn) {
    double mean = sum / count;
    double variance = squares / count - mean * mean;
    double spread = variance > 0 ? variance : squares / count;
    return scale(fanIn, spread);
  }

  /**
   * Returns sqrt(2/fanIn) / std of the integer weights, exact also where their mean is far from 0.
   * Where all are equal, their root mean square stands for std; where all are zeros, 1.
   *
   * @param codes bit strings, at least one; read
   * @param depth of the bit strings
   * @param fanIn inputs per output unit, at least 1
   */
  public static float of(int[] codes, int depth, int fanIn) {
    HeScale counted = new HeScale();
    for (int code : codes) {
      counted.add(SignMagnitude.value(code, depth));
    }
    double meanSquare = counted.squares / counted.count;
    double mean = counted.sum / counted.count;
    if (meanSquare - mean * mean > CANCELLED * meanSquare) {
      return counted.scale(fanIn);
    }
    double squares = 0;
    for (int code : codes) {
      double distance = SignMagnitude.value(code, depth) - mean;
      squares += distance * distance;
    }
    double variance = squares / counted.count;
    return scale(fanIn, variance > 0 ? variance : meanSquare > 0 ? meanSquare : 1);
  }

  private static float scale(int fanIn, double spread) {
    return (float) StrictMath.sqrt(2.0 / fanIn / spread);
  }
}
