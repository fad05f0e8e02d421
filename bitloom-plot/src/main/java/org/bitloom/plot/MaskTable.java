package org.bitloom.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.bitloom.statistics.Spread;

/**
 * Gathers the masks that were run at one depth in one group.
 *
 * @param rows one per mask, the most accurate first, equal ones in the order of the mask
 */
record MaskTable(int depth, String group, List<Row> rows) {
  private static final int MAX_COMPLETE_DEPTH = 12;

  /** Sums up the runs of one mask, in percent. */
  record Row(String mask, Spread accuracy, Spread nonZero) {
    boolean trains(int column) {
      return mask.charAt(column) == '1';
    }
  }

  MaskTable {
    rows = List.copyOf(rows);
  }

  /** Returns a table for each group and depth, groups as they come, depths rising. */
  static List<MaskTable> of(List<SweepPoint> points) {
    List<MaskTable> tables = new ArrayList<>();
    for (String group : points.stream().map(SweepPoint::group).distinct().toList()) {
      Map<Integer, List<SweepPoint>> byDepth = new TreeMap<>();
      for (SweepPoint point : points) {
        if (point.group().equals(group)) {
          byDepth.computeIfAbsent(point.depth(), depth -> new ArrayList<>()).add(point);
        }
      }
      byDepth.forEach((depth, runs) -> tables.add(new MaskTable(depth, group, rowsOf(runs))));
    }
    return tables;
  }

  private static List<Row> rowsOf(List<SweepPoint> runs) {
    Map<String, List<SweepPoint>> byMask = new TreeMap<>(Comparator.reverseOrder());
    for (SweepPoint run : runs) {
      byMask.computeIfAbsent(run.mask(), mask -> new ArrayList<>()).add(run);
    }
    List<Row> rows = new ArrayList<>();
    byMask.forEach(
        (mask, same) ->
            rows.add(
                new Row(
                    mask,
                    spread(same, SweepPoint::accuracyPercent),
                    spread(same, SweepPoint::nonZeroPercent))));
    rows.sort(Comparator.comparingDouble((Row row) -> row.accuracy().mean()).reversed());
    return rows;
  }

  private static Spread spread(List<SweepPoint> runs, ToDoubleFunction<SweepPoint> value) {
    return Spread.of(runs.stream().map(value::applyAsDouble).toList());
  }

  boolean isNearlyComplete() {
    if (depth < 2 || depth > MAX_COMPLETE_DEPTH) {
      return false;
    }
    return rows.size() >= 0.75 * allMasks();
  }

  /** Returns how many masks the depth has: each bit trained or not, but not none of them. */
  long allMasks() {
    return (1L << depth) - 1;
  }

  boolean coversSingleBits() {
    long single = rows.stream().filter(row -> isSingle(row.mask())).count();
    return single >= Math.min(depth, 3) && single >= 2 && 2 * single >= depth;
  }

  /** Returns the rows of masks with one trained bit, the sign first, then falling significance. */
  List<Row> singleBits() {
    return rows.stream()
        .filter(row -> isSingle(row.mask()))
        .sorted(Comparator.comparing(Row::mask).reversed())
        .toList();
  }

  private static boolean isSingle(String mask) {
    return mask.indexOf('1') == mask.lastIndexOf('1');
  }

  /**
   * Returns how many points a bit adds, on average over the pairs of masks that differ in it alone.
   *
   * @param column 0 is the sign
   * @return NaN if no such pair was run
   */
  double gainOf(int column) {
    Map<String, Double> means = new HashMap<>();
    rows.forEach(row -> means.put(row.mask(), row.accuracy().mean()));
    List<Double> gains = new ArrayList<>();
    for (Row row : rows) {
      String without = row.mask().substring(0, column) + '0' + row.mask().substring(column + 1);
      if (row.trains(column) && means.containsKey(without)) {
        gains.add(row.accuracy().mean() - means.get(without));
      }
    }
    return Spread.of(gains).mean();
  }

  /** Returns the word for a bit: {@code sign}, else its number, 0 being the least significant. */
  String bitName(int column) {
    return column == 0 ? "sign" : Integer.toString(depth - 1 - column);
  }

  /** Returns what tells this table from others of the same picture. */
  String name() {
    return group.isEmpty() ? "depth " + depth : group + ", depth " + depth;
  }
}
