package org.bitloom.sweep;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.inference.TTest;
import org.bitloom.statistics.Holm;
import org.bitloom.statistics.Spread;

/**
 * How a mean stands to that of the float baseline.
 *
 * <p>Welch's test of two means with unequal variances, two-sided. Who compares many rows finds one
 * that stands out by chance, so the p-values are corrected for their number ({@link Holm}).
 *
 * @param difference mean minus baseline's mean
 * @param pValue corrected; 0..1, NaN where there is no test
 * @param verdict whether the difference is more than the seeds explain
 */
public record Comparison(double difference, double pValue, Verdict verdict) {
  /** Corrected p-value up to which a difference counts. */
  public static final double LEVEL = 0.05;

  /** Fewer seeds than these on a side tell nothing of their spread. */
  public static final int FEWEST_SEEDS = 3;

  /** What the difference of two means says. */
  public enum Verdict {
    /** Above, by more than the seeds explain. */
    BETTER("+"),
    /** The seeds may explain the difference; that the means are equal is not shown by that. */
    NOT_SHOWN("="),
    /** Below, by more than the seeds explain. */
    WORSE("-"),
    /** Cannot be told: too few seeds, or seeds that made no difference at all. */
    NOT_TOLD("?");

    private final String mark;

    Verdict(String mark) {
      this.mark = mark;
    }

    /** Returns one character for tables. */
    public String mark() {
      return mark;
    }
  }

  /**
   * Two means to compare.
   *
   * @param figures of at least one run
   * @param baseline of at least one run
   */
  record Pair(Spread figures, Spread baseline) {
    double difference() {
      return figures.mean() - baseline.mean();
    }

    private boolean isTestable() {
      return Math.min(figures.count(), baseline.count()) >= FEWEST_SEEDS
          && figures.variance() + baseline.variance() > 0;
    }

    /** Returns the p-value of this pair alone; NaN if it cannot be tested. */
    private double pValue() {
      return isTestable()
          ? TTest.withDefaults()
              .test(
                  figures.mean(),
                  figures.variance(),
                  figures.count(),
                  baseline.mean(),
                  baseline.variance(),
                  baseline.count())
              .getPValue()
          : Double.NaN;
    }
  }

  /** Compares all pairs of a table, in their order. */
  static List<Comparison> all(List<Pair> pairs) {
    double[] corrected = Holm.corrected(pairs.stream().mapToDouble(Pair::pValue).toArray());
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < corrected.length; i++) {
      double difference = pairs.get(i).difference();
      comparisons.add(new Comparison(difference, corrected[i], verdict(difference, corrected[i])));
    }
    return comparisons;
  }

  private static Verdict verdict(double difference, double pValue) {
    if (Double.isNaN(pValue)) {
      return Verdict.NOT_TOLD;
    }
    if (pValue > LEVEL) {
      return Verdict.NOT_SHOWN;
    }
    return difference > 0 ? Verdict.BETTER : Verdict.WORSE;
  }
}
