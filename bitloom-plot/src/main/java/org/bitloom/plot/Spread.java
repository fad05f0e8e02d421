package org.bitloom.plot;

import java.util.Collection;
import java.util.Locale;

/**
 * Sums up repeated runs.
 *
 * @param mean NaN without a run
 * @param deviation standard deviation of a sample (n-1); 0 for a single run
 * @param runs how many
 */
record Spread(double mean, double deviation, int runs) {

  static Spread of(Collection<Double> values) {
    int runs = values.size();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = runs == 0 ? Double.NaN : sum / runs;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(mean, runs < 2 ? 0 : Math.sqrt(squares / (runs - 1)), runs);
  }

  boolean isEmpty() {
    return runs == 0;
  }

  double low() {
    return mean - deviation;
  }

  double high() {
    return mean + deviation;
  }

  /** Writes {@code 98.23} for one run and {@code 98.23 ± 0.05} for more. */
  String text() {
    String middle = String.format(Locale.ROOT, "%.2f", mean);
    return runs < 2 ? middle : middle + String.format(Locale.ROOT, " ± %.2f", deviation);
  }
}
