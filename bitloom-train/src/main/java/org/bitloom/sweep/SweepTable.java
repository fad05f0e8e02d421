package org.bitloom.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.SettingsJson;
import org.bitloom.worker.RunEnd;

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
  public static SweepTable of(List<RunEnd> ends) {
    Map<Object, List<RunEnd.Finished>> groups = new LinkedHashMap<>();
    for (RunEnd end : ends) {
      if (end instanceof RunEnd.Finished run) {
        groups.computeIfAbsent(key(run, false), key -> new ArrayList<>()).add(run);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (List<RunEnd.Finished> group : groups.values()) {
      RunEnd.Finished first = group.get(0);
      boolean isFloat = first.run().settings().weights() instanceof FloatWeights;
      Optional<Comparison> baseline =
          Optional.ofNullable(isFloat ? null : groups.get(key(first, true)))
              .map(floats -> Comparison.of(spread(group), spread(floats)));
      double nonZero =
          group.stream().mapToDouble(RunEnd.Finished::nonZeroShare).average().orElseThrow();
      rows.add(new Row(first.run().settings(), spread(group), nonZero, baseline));
    }
    rows.sort(Comparator.comparingDouble(row -> -row.accuracy().mean()));
    return new SweepTable(rows);
  }

  private static Spread spread(List<RunEnd.Finished> runs) {
    return Spread.of(runs.stream().mapToDouble(RunEnd.Finished::testAccuracy).toArray());
  }

  /** Returns what runs have in common that differ in the seed only. */
  private static Object key(RunEnd.Finished run, boolean asFloats) {
    Map<String, Object> settings = SettingsJson.print(run.run().settings());
    settings.remove("seed");
    if (asFloats) {
      settings.put("weights", "float");
    }
    return settings;
  }
}
