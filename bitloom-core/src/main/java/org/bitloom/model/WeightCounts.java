package org.bitloom.model;

/**
 * How many weights of a network are below, at and above zero; biases and norms do not count.
 *
 * @param negative at least 0
 * @param zero at least 0
 * @param positive at least 0
 */
public record WeightCounts(long negative, long zero, long positive) {
  public WeightCounts {
    if (negative < 0 || zero < 0 || positive < 0) {
      throw new IllegalArgumentException(
          "counts of weights must be at least 0, got " + negative + ", " + zero + ", " + positive);
    }
  }

  /** Returns the share of weights that are exactly 0, 0..1; 0 if there are none. */
  public double zeroShare() {
    double all = (double) negative + zero + positive;
    return all > 0 ? zero / all : 0;
  }
}
