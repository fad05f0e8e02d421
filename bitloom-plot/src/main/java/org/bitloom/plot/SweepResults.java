package org.bitloom.plot;

import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Holds all that the pictures of a sweep show.
 *
 * @param points the finished bit-wise runs, in any order
 * @param floats the finished runs of the float baseline; may be empty
 * @param caption the words below the pictures
 */
public record SweepResults(List<SweepPoint> points, List<FloatPoint> floats, Caption caption) {
  public SweepResults {
    points = List.copyOf(points);
    floats = List.copyOf(floats);
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

  /** Returns the baseline of a group: its own if there is one, else that of all groups. */
  List<FloatPoint> floatsOf(String group) {
    List<FloatPoint> own = floats.stream().filter(run -> run.group().equals(group)).toList();
    return own.isEmpty() ? floats.stream().filter(run -> run.group().isEmpty()).toList() : own;
  }
}
