package org.bitloom.reproduce.verdict;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.bitloom.statistics.Spread;

/**
 * What the runs of a row came to, by seed.
 *
 * @param runs that were trained to their end
 */
public record RowResults(Map<Long, Run> runs) {
  /**
   * What one run came to.
   *
   * @param accuracy on the test samples after the last epoch, in per cent
   * @param zeros share of zero weights, in per cent
   * @param heldOut accuracy on samples held out, in per cent; empty = none were
   * @param givesBack what it carries came back whole; empty = it carries nothing or was not asked
   */
  public record Run(
      double accuracy, double zeros, Optional<Double> heldOut, Optional<Boolean> givesBack) {}

  public RowResults {
    runs = Collections.unmodifiableMap(new TreeMap<>(runs));
  }

  /** Returns the spread of the accuracies. */
  public Spread accuracy() {
    return spread(Run::accuracy);
  }

  /** Returns the spread of the shares of zeros. */
  public Spread zeros() {
    return spread(Run::zeros);
  }

  /** Returns the spread of the accuracies on samples held out; of none if none were. */
  public Spread heldOut() {
    return Spread.of(runs.values().stream().flatMap(run -> run.heldOut().stream()).toList());
  }

  private Spread spread(ToDoubleFunction<Run> figure) {
    return Spread.of(figures(runs.keySet(), figure));
  }

  private List<Double> figures(Collection<Long> seeds, ToDoubleFunction<Run> figure) {
    return seeds.stream().map(seed -> figure.applyAsDouble(runs.get(seed))).toList();
  }

  /** Compares the accuracies with those of another row, over the seeds that both have. */
  public PairedDifference minus(RowResults baseline) {
    List<Long> both = runs.keySet().stream().filter(baseline.runs::containsKey).toList();
    return PairedDifference.of(figures(both, Run::accuracy), baseline.figures(both, Run::accuracy));
  }
}
