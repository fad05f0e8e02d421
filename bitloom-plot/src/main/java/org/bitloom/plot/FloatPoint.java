package org.bitloom.plot;

/**
 * States the outcome of one run of the float baseline.
 *
 * @param group the group of points it is the baseline of; empty for all groups without one
 * @param seed the seed of the run
 * @param accuracy share of the test set that was right; 0..1
 */
public record FloatPoint(String group, long seed, double accuracy) {
  public FloatPoint {
    if (group == null) {
      throw new IllegalArgumentException("group must be a text, empty for all, got null");
    }
    SweepPoint.checkShare("accuracy", accuracy);
  }

  double accuracyPercent() {
    return 100 * accuracy;
  }
}
