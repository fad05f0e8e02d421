package org.bitloom.plot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Holds all that the pictures of a sweep show.
 *
 * @param points the finished bit-wise runs, in any order
 * @param floats accuracies of the finished runs of the float baseline, by the group of points they
 *     are the baseline of, or an empty name for all groups without one; shares of the test set,
 *     0..1
 * @param caption the words below the pictures
 */
public record SweepResults(
    List<SweepPoint> points, Map<String, List<Double>> floats, Caption caption) {
  public SweepResults {
    points = List.copyOf(points);
    floats = Map.copyOf(floats);
    floats
        .values()
        .forEach(runs -> runs.forEach(share -> SweepPoint.checkShare("accuracy", share)));
    Objects.requireNonNull(caption, "caption");
  }

  /** Returns the groups that have points, in the order of the points. */
  List<String> groups() {
    return points.stream().map(SweepPoint::group).distinct().toList();
  }

  SortedSet<Integer> depths() {
    SortedSet<Integer> depths = new TreeSet<>();
    points.forEach(point -> depths.add(point.depth()));
    return depths;
  }

  List<SweepPoint> pointsThat(Predicate<SweepPoint> wanted) {
    return points.stream().filter(wanted).toList();
  }

  /**
   * Returns the baseline of a group in percent: its own if there is one, else that of all groups.
   */
  List<Double> floatsOf(String group) {
    List<Double> ofAll = floats.getOrDefault("", List.of());
    return floats.getOrDefault(group, ofAll).stream().map(share -> 100 * share).toList();
  }

  /** Returns the accuracies of all float runs in percent. */
  List<Double> allFloats() {
    return floats.values().stream().flatMap(List::stream).map(share -> 100 * share).toList();
  }
}
