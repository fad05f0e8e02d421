package org.bitloom.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitloom.statistics.Spread;

/**
 * Gathers what was measured with masks of top bits, the first picture's matter.
 *
 * @param fence see {@link AccuracyScale}
 * @param groups one per group that has such points
 * @param floatsBelow runs of the baseline below the fence
 * @param others points with other masks, which are not in here
 */
record TopBits(double fence, List<Group> groups, int floatsBelow, int others) {

  /**
   * Sums up the runs of one depth and one number of trained bits, in percent.
   *
   * @param accuracy of the runs above the fence; the spread of the others is {@code below}
   */
  record Cell(int depth, int bits, Spread accuracy, Spread below, Spread nonZero) {}

  /** One panel: the baseline's runs above the fence, and the cells by depth, bits rising. */
  record Group(String name, Spread baseline, SortedMap<Integer, List<Cell>> cells) {
    List<Cell> allCells() {
      return cells.values().stream().flatMap(List::stream).toList();
    }

    /** Returns the depths that have a cell of so many trained bits, rising. */
    List<Integer> depthsAt(int bits) {
      return allCells().stream().filter(cell -> cell.bits() == bits).map(Cell::depth).toList();
    }
  }

  TopBits {
    groups = List.copyOf(groups);
  }

  static TopBits of(SweepResults results) {
    List<SweepPoint> points = results.pointsThat(SweepPoint::trainsTopBits);
    List<Double> runs = new ArrayList<>();
    points.forEach(point -> runs.add(point.accuracyPercent()));
    runs.addAll(results.allFloats());
    double fence = AccuracyScale.fenceOf(runs);
    List<Group> groups = new ArrayList<>();
    for (String name : results.groups()) {
      List<SweepPoint> own = points.stream().filter(p -> p.group().equals(name)).toList();
      if (!own.isEmpty()) {
        Spread baseline = spreadAbove(fence, results.floatsOf(name));
        groups.add(new Group(name, baseline, cells(own, fence)));
      }
    }
    int floatsBelow = (int) results.allFloats().stream().filter(value -> value < fence).count();
    return new TopBits(fence, groups, floatsBelow, results.points().size() - points.size());
  }

  private static Spread spreadAbove(double fence, List<Double> runs) {
    return Spread.of(runs.stream().filter(value -> value >= fence).toList());
  }

  private static SortedMap<Integer, List<Cell>> cells(List<SweepPoint> points, double fence) {
    SortedMap<Integer, SortedMap<Integer, List<SweepPoint>>> sorted = new TreeMap<>();
    for (SweepPoint point : points) {
      sorted
          .computeIfAbsent(point.depth(), depth -> new TreeMap<>())
          .computeIfAbsent(point.trainedBits(), bits -> new ArrayList<>())
          .add(point);
    }
    SortedMap<Integer, List<Cell>> cells = new TreeMap<>();
    sorted.forEach(
        (depth, byBits) -> {
          List<Cell> row = new ArrayList<>();
          byBits.forEach((bits, runs) -> row.add(cell(depth, bits, runs, fence)));
          cells.put(depth, row);
        });
    return cells;
  }

  private static Cell cell(int depth, int bits, List<SweepPoint> runs, double fence) {
    List<Double> above = new ArrayList<>();
    List<Double> below = new ArrayList<>();
    for (SweepPoint run : runs) {
      (run.accuracyPercent() >= fence ? above : below).add(run.accuracyPercent());
    }
    return new Cell(
        depth,
        bits,
        Spread.of(above),
        Spread.of(below),
        Spread.of(runs.stream().map(SweepPoint::nonZeroPercent).toList()));
  }

  /** Returns the cells of all groups. */
  List<Cell> allCells() {
    return groups.stream().flatMap(group -> group.allCells().stream()).toList();
  }

  /** Returns the numbers of trained bits that occur. */
  BitScale bitScale() {
    SortedSet<Integer> counts = new TreeSet<>();
    allCells().forEach(cell -> counts.add(cell.bits()));
    return new BitScale(counts);
  }
}
