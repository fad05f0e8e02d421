package org.bitloom.plot;

import java.util.Collection;
import java.util.stream.Stream;
import org.bitloom.plot.page.TickedAxis;
import org.bitloom.plot.page.Ticks;
import org.bitloom.statistics.Spread;

/**
 * Says which accuracies a picture shows true to scale, in percent.
 *
 * @param fence accuracies below it are not on the scale; negative infinity if all are
 * @param axisLower where the axis begins; from there to {@code lower} lies room for outliers
 * @param lower where the values shown true to scale begin
 * @param upper where the axis ends; may be a little over 100 so that a marker at 100 is whole
 */
record AccuracyScale(double fence, double axisLower, double lower, double upper) {
  /** An axis shows no smaller range, so that noise does not look like a result. */
  private static final double LEAST_SPAN = 0.5;

  private static final double LEAST_REST = 0.5;
  private static final double FLATTENED = 10;
  private static final double PADDING = 0.06;

  /**
   * Returns the accuracy below which runs are outliers.
   *
   * <p>At most a quarter of the runs are, and only if they would squeeze the rest into less than a
   * tenth of the axis: a run that diverged must not hide the differences between the others, but a
   * mask that is simply worse belongs into the picture.
   *
   * @return negative infinity if there are none
   */
  static double fenceOf(Collection<Double> accuracies) {
    double[] sorted = accuracies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int first = 0;
    for (int i = 1; i <= sorted.length / 4; i++) {
      if (first == 0 || gapBelow(sorted, i) > gapBelow(sorted, first)) {
        first = i;
      }
    }
    if (first == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    double top = sorted[sorted.length - 1];
    double rest = Math.max(LEAST_REST, top - sorted[first]);
    return top - sorted[0] > FLATTENED * rest ? sorted[first] : Double.NEGATIVE_INFINITY;
  }

  private static double gapBelow(double[] sorted, int index) {
    return sorted[index] - sorted[index - 1];
  }

  /**
   * Fits an axis around means and their deviations.
   *
   * @param spreads those without a run are passed over
   */
  static AccuracyScale around(double fence, Stream<Spread> spreads) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Spread spread : spreads.filter(one -> !one.isEmpty()).toList()) {
      low = Math.min(low, spread.low());
      high = Math.max(high, spread.high());
    }
    if (low > high) {
      return new AccuracyScale(fence, 0, 0, 100);
    }
    if (high - low < LEAST_SPAN) {
      double middle = (low + high) / 2;
      low = middle - LEAST_SPAN / 2;
      high = middle + LEAST_SPAN / 2;
    }
    double room = PADDING * (high - low);
    double bottom = Math.max(low, 0) - room;
    return new AccuracyScale(fence, bottom, bottom, Math.min(high, 100) + room);
  }

  boolean shows(double accuracy) {
    return accuracy >= fence;
  }

  double span() {
    return upper - axisLower;
  }

  /** Makes room for outliers below, {@code share} of the whole axis. */
  AccuracyScale withRoomBelow(double share) {
    return new AccuracyScale(fence, upper - (upper - lower) / (1 - share), lower, upper);
  }

  /** Makes room for words above the values, {@code share} of the whole axis. */
  AccuracyScale withRoomAbove(double share) {
    return new AccuracyScale(
        fence, axisLower, lower, axisLower + (upper - axisLower) / (1 - share));
  }

  boolean hasRoomBelow() {
    return axisLower < lower;
  }

  /** Returns the axis, ticked where values are true to scale. */
  TickedAxis axis(String label, int mostTicks) {
    return new TickedAxis(label, axisLower, upper, Ticks.percent(lower, upper, mostTicks));
  }
}
