package org.bitloom.reproduce.verdict;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.TTest;
import org.bitloom.statistics.Spread;

/**
 * How the figures of one row differ from those of another over the same seeds.
 *
 * <p>Student's test of paired samples: seeds give both rows the same order of samples, so what a
 * seed does to both cancels out.
 *
 * @param differences figure minus that of the baseline, seed by seed
 */
public record PairedDifference(List<Double> differences) {
  /** Fewer pairs tell nothing of their spread. */
  public static final int FEWEST_PAIRS = 3;

  /** Share of such intervals that hold the true difference. */
  public static final double CONFIDENCE = 0.95;

  public PairedDifference {
    differences = List.copyOf(differences);
  }

  /**
   * Takes two rows, seed by seed.
   *
   * @throws IllegalArgumentException if one has more seeds than the other
   */
  public static PairedDifference of(List<Double> figures, List<Double> baseline) {
    if (figures.size() != baseline.size()) {
      throw new IllegalArgumentException(
          "pairs must have two figures, got " + figures.size() + " and " + baseline.size());
    }
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      differences.add(figures.get(i) - baseline.get(i));
    }
    return new PairedDifference(differences);
  }

  private Spread spread() {
    return Spread.of(differences);
  }

  /** Returns the number of seeds that both rows have. */
  public int count() {
    return differences.size();
  }

  /** Returns the mean difference. */
  public double mean() {
    return spread().mean();
  }

  /** Says whether there are pairs enough, and not all the same, for a test. */
  public boolean isTestable() {
    return count() >= FEWEST_PAIRS && spread().deviation() > 0;
  }

  /**
   * Returns the two-sided p-value of the hypothesis that the true difference is {@code bound}; NaN
   * if it cannot be tested.
   */
  public double pValue(double bound) {
    return isTestable()
        ? TTest.withDefaults()
            .withMu(bound)
            .test(differences.stream().mapToDouble(Double::doubleValue).toArray())
            .getPValue()
        : Double.NaN;
  }

  /** Returns the lower end of the interval of confidence; NaN if it cannot be tested. */
  public double low() {
    return mean() - halfWidth();
  }

  /** Returns the upper end of the interval of confidence; NaN if it cannot be tested. */
  public double high() {
    return mean() + halfWidth();
  }

  private double halfWidth() {
    return isTestable()
        ? TDistribution.of(count() - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
            * spread().deviation()
            / Math.sqrt(count())
        : Double.NaN;
  }
}
