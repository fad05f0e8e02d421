package org.bitloom.plot;

/**
 * States the outcome of one run of a sweep.
 *
 * @param depth bits per weight, sign included; 1..32
 * @param mask one digit per bit, sign first, 1 = trained, at least one of them 1
 * @param group what else the sweep varied, in words such as {@code rule coupled}; empty if nothing
 * @param seed the seed of the run
 * @param accuracy share of the test set that was right; 0..1
 * @param nonZeroShare share of the bit-wise weights that are not zero; 0..1
 */
public record SweepPoint(
    int depth, String mask, String group, long seed, double accuracy, double nonZeroShare) {
  private static final int MAX_DEPTH = 32;

  public SweepPoint {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("depth must be 1..32, got " + depth);
    }
    if (!mask.matches("[01]{" + depth + "}") || mask.indexOf('1') < 0) {
      throw new IllegalArgumentException(
          "mask must be " + depth + " digits 0 and 1, at least one of them 1, got '" + mask + "'");
    }
    if (group == null) {
      throw new IllegalArgumentException("group must be a text, empty for none, got null");
    }
    checkShare("accuracy", accuracy);
    checkShare("nonZeroShare", nonZeroShare);
  }

  static void checkShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0..1, got " + value);
    }
  }

  int trainedBits() {
    return (int) mask.chars().filter(digit -> digit == '1').count();
  }

  /** Says whether the trained bits are the sign and the most significant bits, without a gap. */
  boolean trainsTopBits() {
    return !mask.contains("01");
  }

  boolean trainsOneBit() {
    return trainedBits() == 1;
  }

  double accuracyPercent() {
    return 100 * accuracy;
  }

  double nonZeroPercent() {
    return 100 * nonZeroShare;
  }
}
