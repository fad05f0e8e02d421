package org.bitloom.cli.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.bits.BitLayout;
import org.bitloom.cli.command.Figures;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.statistics.Spread;
import org.bitloom.sweep.Comparison;
import org.bitloom.sweep.MaskName;
import org.bitloom.sweep.SweepTable;
import org.bitloom.sweep.SweepTable.Row;
import org.bitloom.sweep.VariedSettings;

/** The table of a sweep as text, as Markdown and as JSON. */
final class SweepReport {
  private record Column(String title, Function<Row, String> value) {}

  private final SweepTable table;
  private final List<Column> columns = new ArrayList<>();

  SweepReport(SweepTable table) {
    this.table = table;
    VariedSettings varied = VariedSettings.of(table.rows().stream().map(Row::settings).toList());
    addVaried(varied.ofAll());
    add("bits", row -> depth(row.settings()));
    add("mask", row -> mask(row.settings()));
    addVaried(varied.ofBits());
    add("runs", row -> Integer.toString(row.accuracy().count()));
    add("accuracy %", row -> accuracy(row.accuracy()));
    add("worst", row -> share(row.accuracy().least()));
    add("best", row -> share(row.accuracy().greatest()));
    add("non-zero %", row -> Figures.format("%.1f", 100 * row.nonZeroShare()));
    add("to float", SweepReport::baseline);
  }

  private void add(String title, Function<Row, String> value) {
    columns.add(new Column(title, value));
  }

  private void addVaried(List<String> names) {
    for (String name : names) {
      add(name, row -> VariedSettings.value(name, row.settings()));
    }
  }

  private static String depth(RunSettings settings) {
    return settings.weights() instanceof BitWeights bits ? Integer.toString(bits.depth()) : "-";
  }

  private static String mask(RunSettings settings) {
    if (!(settings.weights() instanceof BitWeights bits)) {
      return "float";
    }
    BitLayout layout = bits.mask().at(bits.depth());
    return MaskName.of(layout);
  }

  private static String accuracy(Spread spread) {
    return spread.count() == 1
        ? share(spread.mean())
        : share(spread.mean()) + " ± " + share(spread.deviation());
  }

  private static String share(double share) {
    return Figures.format("%.2f", 100 * share);
  }

  private static String baseline(Row row) {
    return row.baseline()
        .map(c -> Figures.format("%+.2f %s", 100 * c.difference(), c.verdict().mark()))
        .orElse("");
  }

  private List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  private List<List<String>> cells() {
    return table.rows().stream()
        .map(row -> columns.stream().map(column -> column.value().apply(row)).toList())
        .toList();
  }

  /** Returns the lines of the table, columns aligned. */
  List<String> lines() {
    List<List<String>> all = new ArrayList<>(List.of(titles()));
    all.addAll(cells());
    List<String> lines = new ArrayList<>();
    for (List<String> cells : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        int column = i;
        int width = all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        line.append(Figures.format("%-" + Math.max(1, width) + "s  ", cells.get(i)));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.addAll(rule());
    return lines;
  }

  /** Says what the marks of the last column mean, and at which level. */
  private List<String> rule() {
    int comparisons = table.comparisons();
    return comparisons == 0
        ? List.of()
        : List.of(
            Figures.format(
                "to float: + better, - worse, = not shown, ? fewer than %d seeds;",
                Comparison.FEWEST_SEEDS),
            Figures.format(
                "Welch's t-test at level %s, corrected for %d %s (Holm)",
                Comparison.LEVEL, comparisons, comparisons == 1 ? "comparison" : "comparisons"));
  }

  /** Returns the table in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(String.join(" | ", titles())).append(" |\n");
    text.append("|---".repeat(columns.size())).append("|\n");
    for (List<String> cells : cells()) {
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    if (!rule().isEmpty()) {
      text.append("\n").append(String.join(" ", rule())).append("\n");
    }
    return text.toString();
  }

  /** Returns the rows as JSON objects. */
  List<Map<String, Object>> objects() {
    return table.rows().stream().map(SweepReport::object).toList();
  }

  private static Map<String, Object> object(Row row) {
    Map<String, Object> object = new LinkedHashMap<>();
    RunSettings settings = row.settings();
    Optional<BitWeights> bits =
        settings.weights() instanceof BitWeights weights ? Optional.of(weights) : Optional.empty();
    object.put("network", settings.network());
    object.put("data", settings.data().name());
    object.put("float", bits.isEmpty());
    object.put("depth", bits.map(BitWeights::depth).orElse(null));
    object.put("mask", bits.map(b -> b.mask().at(b.depth()).mask()).orElse(null));
    object.put("rule", bits.map(b -> b.rule().label()).orElse(null));
    object.put("schedule", settings.schedule().toString());
    object.put("batch", settings.batch());
    object.put("runs", row.accuracy().count());
    object.put("mean", row.accuracy().mean());
    object.put("deviation", row.accuracy().deviation());
    object.put("worst", row.accuracy().least());
    object.put("best", row.accuracy().greatest());
    object.put("nonZeroShare", row.nonZeroShare());
    object.put("toFloat", row.baseline().map(Comparison::difference).orElse(null));
    object.put(
        "pValue",
        row.baseline().map(Comparison::pValue).filter(value -> !value.isNaN()).orElse(null));
    object.put("verdict", row.baseline().map(c -> c.verdict().mark()).orElse(null));
    return object;
  }
}
