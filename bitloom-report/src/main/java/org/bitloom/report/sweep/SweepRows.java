package org.bitloom.report.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.SettingsJson;
import org.bitloom.sweep.Comparison;
import org.bitloom.sweep.SweepTable;
import org.bitloom.sweep.SweepTable.Row;
import org.bitloom.sweep.VariedSettings;
import org.bitloom.worker.RunResult;

/** The rows of a sweep's table: what the seeds came to, and the test behind each verdict. */
final class SweepRows {
  private final SweepTable table;
  private final VariedSettings varied;
  private final Map<Object, List<Object>> members = new LinkedHashMap<>();

  /**
   * Takes a table and the runs it was made of.
   *
   * @param idOf by which the page knows a run, by its name
   */
  SweepRows(SweepTable table, List<RunResult> ends, Map<String, String> idOf) {
    this.table = table;
    this.varied = VariedSettings.of(table.rows().stream().map(Row::settings).toList());
    for (RunResult end : ends) {
      if (end instanceof RunResult.Finished) {
        members
            .computeIfAbsent(key(end.run().settings()), key -> new ArrayList<>())
            .add(idOf.get(end.run().id()));
      }
    }
  }

  private static Object key(RunSettings settings) {
    Map<String, Object> json = SettingsJson.print(settings);
    json.remove("seed");
    return json;
  }

  /** Returns the names of what varies, beside depth, mask and seed. */
  List<String> varied() {
    List<String> names = new ArrayList<>(varied.ofAll());
    names.addAll(varied.ofBits());
    return names;
  }

  /** Returns a sentence on how the verdicts came about; empty if nothing was compared. */
  String test() {
    int comparisons = table.comparisons();
    return comparisons == 0
        ? ""
        : "Verdicts compare with floats at the same settings: Welch's t-test, two-sided, at level "
            + Comparison.LEVEL
            + ", p-values corrected for "
            + comparisons
            + (comparisons == 1 ? " comparison" : " comparisons")
            + " (Holm); fewer than "
            + Comparison.FEWEST_SEEDS
            + " seeds on a side tell nothing.";
  }

  List<Object> objects() {
    List<Object> rows = new ArrayList<>();
    table.rows().forEach(row -> rows.add(object(row)));
    return rows;
  }

  private Map<String, Object> object(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    RunSettings settings = row.settings();
    List<Object> values = new ArrayList<>();
    varied().forEach(name -> values.add(VariedSettings.value(name, settings)));
    json.put("varied", values);
    if (settings.weights() instanceof BitWeights bits) {
      json.put("depth", (long) bits.depth());
      json.put("mask", bits.mask().at(bits.depth()).mask());
    }
    json.put("runs", row.accuracy().count());
    json.put("mean", row.accuracy().mean());
    json.put("deviation", finite(row.accuracy().deviation()));
    json.put("worst", row.accuracy().least());
    json.put("best", row.accuracy().greatest());
    json.put("nonZero", row.nonZeroShare());
    row.baseline().ifPresent(comparison -> put(comparison, json));
    json.put("members", members.getOrDefault(key(settings), List.of()));
    return json;
  }

  private static void put(Comparison comparison, Map<String, Object> json) {
    json.put("difference", comparison.difference());
    json.put("pValue", finite(comparison.pValue()));
    json.put(
        "verdict",
        switch (comparison.verdict()) {
          case BETTER -> "better";
          case WORSE -> "worse";
          case NOT_SHOWN -> "not shown";
          case NOT_TOLD -> "too few seeds";
        });
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
