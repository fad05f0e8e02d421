package org.bitloom.statistics;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;

/**
 * Sums up a figure over the runs that differ in the seed only.
 *
 * @param count figures; 0 = none, and all others are NaN
 * @param mean of them
 * @param deviation standard deviation of a sample, with divisor count - 1; 0 if all are the same
 * @param least of them
 * @param greatest of them
 */
public record Spread(int count, double mean, double deviation, double least, double greatest) {
  private static final Spread NONE = new Spread(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Sums up figures, which may be none. */
  public static Spread of(Collection<Double> figures) {
    if (figures.isEmpty()) {
      return NONE;
    }
    DoubleSummaryStatistics summary =
        figures.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    int count = figures.size();
    if (summary.getMin() == summary.getMax()) { // their sum is rounded, they do not deviate
      return new Spread(count, summary.getMin(), 0, summary.getMin(), summary.getMax());
    }
    double mean = summary.getAverage();
    double squares = figures.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    double deviation = Math.sqrt(squares / (count - 1));
    return new Spread(count, mean, deviation, summary.getMin(), summary.getMax());
  }

  /** Says whether there is no figure. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Returns the squared deviation. */
  public double variance() {
    return deviation * deviation;
  }

  /** Returns the mean less one deviation. */
  public double low() {
    return mean - deviation;
  }

  /** Returns the mean and one deviation. */
  public double high() {
    return mean + deviation;
  }
}
