package org.bitloom.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.SettingsJson;
import org.bitloom.statistics.Spread;
import org.bitloom.worker.RunResult;

/**
 * Results over the seeds, best mean first.
 *
 * @param rows one for each of the settings that differ in more than the seed
 */
public record SweepTable(List<Row> rows) {
  /**
   * What the runs of equal settings but for the seed came to.
   *
   * @param settings of one of them
   * @param accuracy on the test samples after the last epoch
   * @param nonZeroShare mean share of weights that are not zero, 0..1
   * @param baseline comparison with floats, if the sweep has them at the same settings and this is
   *     another row
   */
  public record Row(
      RunSettings settings, Spread accuracy, double nonZeroShare, Optional<Comparison> baseline) {}

  public SweepTable {
    rows = List.copyOf(rows);
  }

  /** Makes the table of all runs that were trained to their end. */
  public static SweepTable of(List<RunResult> ends) {
    Map<Object, List<RunResult.Finished>> groups = new LinkedHashMap<>();
    for (RunResult end : ends) {
      if (end instanceof RunResult.Finished run) {
        groups.computeIfAbsent(key(run, false), key -> new ArrayList<>()).add(run);
      }
    }
    List<Group> compared = new ArrayList<>();
    for (List<RunResult.Finished> runs : groups.values()) {
      boolean isFloat = runs.get(0).run().settings().weights() instanceof FloatWeights;
      List<RunResult.Finished> floats = isFloat ? null : groups.get(key(runs.get(0), true));
      compared.add(new Group(runs, Optional.ofNullable(floats).map(SweepTable::accuracy)));
    }
    return new SweepTable(rows(compared));
  }

  /** Runs that differ in the seed only, and the accuracy of the floats to compare them with. */
  private record Group(List<RunResult.Finished> runs, Optional<Spread> floats) {
    Optional<Comparison.Pair> pair() {
      return floats.map(baseline -> new Comparison.Pair(accuracy(runs), baseline));
    }

    Row row(Optional<Comparison> comparison) {
      double nonZero =
          runs.stream().mapToDouble(RunResult.Finished::nonZeroShare).average().orElseThrow();
      return new Row(runs.get(0).run().settings(), accuracy(runs), nonZero, comparison);
    }
  }

  /** Compares all groups at once, as the correction for their number demands. */
  private static List<Row> rows(List<Group> groups) {
    List<Comparison.Pair> pairs = groups.stream().flatMap(group -> group.pair().stream()).toList();
    Iterator<Comparison> comparisons = Comparison.all(pairs).iterator();
    List<Row> rows = new ArrayList<>();
    for (Group group : groups) {
      rows.add(group.row(group.pair().map(pair -> comparisons.next())));
    }
    rows.sort(Comparator.comparingDouble(row -> -row.accuracy().mean()));
    return rows;
  }

  private static Spread accuracy(List<RunResult.Finished> runs) {
    return Spread.of(runs.stream().map(RunResult.Finished::testAccuracy).toList());
  }

  /** Returns how many rows are compared with floats, for which the p-values are corrected. */
  public int comparisons() {
    return (int) rows.stream().filter(row -> row.baseline().isPresent()).count();
  }

  /** Returns what runs have in common that differ in the seed only. */
  private static Object key(RunResult.Finished run, boolean asFloats) {
    Map<String, Object> settings = SettingsJson.print(run.run().settings());
    settings.remove("seed");
    if (asFloats) {
      settings.put("weights", "float");
    }
    return settings;
  }
}
