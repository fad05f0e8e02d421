package org.bitloom.sweep;

import java.util.Arrays;

/**
 * Summary of a figure over the seeds.
 *
 * @param count figures, at least 1
 * @param mean of them
 * @param deviation standard deviation with divisor count - 1; 0 for one figure
 * @param worst least figure
 * @param best greatest figure
 */
public record Spread(int count, double mean, double deviation, double worst, double best) {
  /** Summarizes at least one figure. */
  public static Spread of(double... figures) {
    double mean = Arrays.stream(figures).average().orElseThrow();
    double squares = Arrays.stream(figures).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = figures.length > 1 ? Math.sqrt(squares / (figures.length - 1)) : 0;
    double worst = Arrays.stream(figures).min().orElseThrow();
    double best = Arrays.stream(figures).max().orElseThrow();
    return new Spread(figures.length, mean, deviation, worst, best);
  }

  /** Returns the squared standard error of the mean. */
  double errorSquared() {
    return deviation * deviation / count;
  }
}
