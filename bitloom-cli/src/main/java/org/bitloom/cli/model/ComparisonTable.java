package org.bitloom.cli.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.terminal.TextWidth;
import org.bitloom.run.RunComparison;
import org.bitloom.run.RunComparison.Line;

/** Two runs side by side as lines of at most 80 columns, as far as no value is longer. */
record ComparisonTable(RunComparison comparison) {
  private static final int COLUMNS = 80;
  private static final int FEW_CLASSES = 12;
  private static final String FIRST = "A";
  private static final String SECOND = "B";

  /** A name, two values and their difference. */
  private record Row(String name, String left, String right, String difference) {
    Row {
      name = TextWidth.clean(name);
      left = TextWidth.clean(left);
      right = TextWidth.clean(right);
    }
  }

  /** Returns the lines below the names of the runs. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (comparison.settings().isEmpty()) {
      lines.add("settings: no difference");
    } else {
      lines.addAll(table("settings that differ", comparison.settings(), this::setting));
    }
    lines.add("");
    if (comparison.metrics().isEmpty()) {
      lines.add("metrics: no epoch has ended");
    } else {
      lines.addAll(table("metrics of the last epoch", comparison.metrics(), this::metric));
    }
    if (!comparison.perClass().isEmpty()) {
      lines.add("");
      lines.addAll(
          table("test accuracy per class", mostDifferent(comparison.perClass()), this::perClass));
      int more = comparison.perClass().size() - FEW_CLASSES;
      if (more > 0) {
        lines.add("the most different; " + more + " more differ less");
      }
    }
    return lines;
  }

  private Row setting(Line line) {
    return new Row(
        RunWords.of(line.key()),
        RunWords.setting(line.key(), line.left()),
        RunWords.setting(line.key(), line.right()),
        "");
  }

  private Row metric(Line line) {
    double left = whole(line.key(), Line::left);
    double right = whole(line.key(), Line::right);
    return new Row(
        RunWords.of(line.key()),
        RunWords.measured(line.key(), line.left(), left),
        RunWords.measured(line.key(), line.right(), right),
        RunWords.difference(line, left, right));
  }

  private Row perClass(Line line) {
    Line share = new Line("Accuracy", line.left(), line.right());
    return new Row(
        line.key(),
        RunWords.measured(share.key(), share.left(), 1),
        RunWords.measured(share.key(), share.right(), 1),
        RunWords.difference(share, 1, 1));
  }

  /** Returns what a value is a share of: all weights of its run, or 1. */
  private double whole(String key, Function<Line, Object> side) {
    return RunWords.isWeights(key)
        ? comparison.metrics().stream()
            .filter(line -> RunWords.isWeights(line.key()))
            .mapToDouble(line -> side.apply(line) instanceof Number n ? n.doubleValue() : 0)
            .sum()
        : 1;
  }

  /** Returns all classes if they are few, else those in which the runs differ most. */
  private static List<Line> mostDifferent(List<Line> perClass) {
    if (perClass.size() <= FEW_CLASSES) {
      return perClass;
    }
    return perClass.stream()
        .sorted(Comparator.comparingDouble(ComparisonTable::difference).reversed())
        .limit(FEW_CLASSES)
        .toList();
  }

  private static double difference(Line line) {
    return line.left() instanceof Double left && line.right() instanceof Double right
        ? Math.abs(left - right)
        : 1;
  }

  private static List<String> table(String title, List<Line> lines, Function<Line, Row> row) {
    List<Row> rows = new ArrayList<>(lines.stream().map(row).toList());
    boolean differences = rows.stream().anyMatch(each -> !each.difference().isEmpty());
    rows.add(0, new Row(title, FIRST, SECOND, differences ? SECOND + " - " + FIRST : ""));
    int names = Math.min(COLUMNS / 2, width(rows, Row::name));
    List<Row> fitting = rows.stream().filter(each -> fits(each, names)).toList();
    int lefts = width(fitting, Row::left);
    int rights = width(fitting, Row::right);
    int difference = width(fitting, Row::difference);
    return rows.stream()
        .flatMap(
            each ->
                fitting.contains(each)
                    ? List.of(line(each, new int[] {names, lefts, rights, difference})).stream()
                    : stacked(each).stream())
        .toList();
  }

  private static int width(List<Row> rows, Function<Row, String> cell) {
    return rows.stream().mapToInt(row -> TextWidth.of(cell.apply(row))).max().orElse(0);
  }

  /** Says whether both values have room beside the longest name. */
  private static boolean fits(Row row, int names) {
    int room = (COLUMNS - names - 4) / 2;
    return TextWidth.of(row.left()) <= room && TextWidth.of(row.right()) <= room;
  }

  private static String line(Row row, int[] widths) {
    boolean words = widths[3] == 0;
    String text =
        padded(row.name(), widths[0], true)
            + "  "
            + padded(row.left(), widths[1], words)
            + "  "
            + padded(row.right(), widths[2], words)
            + "  "
            + padded(row.difference(), widths[3], false);
    return text.stripTrailing();
  }

  private static String padded(String text, int width, boolean left) {
    String pad = " ".repeat(Math.max(0, width - TextWidth.of(text)));
    return left ? text + pad : pad + text;
  }

  /** Puts values that are too long for a table below each other. */
  private static List<String> stacked(Row row) {
    return List.of(
        row.name(),
        Figures.format("  %s  %s", FIRST, row.left()),
        Figures.format("  %s  %s", SECOND, row.right()));
  }
}
