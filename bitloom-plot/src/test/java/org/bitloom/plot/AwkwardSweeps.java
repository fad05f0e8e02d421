package org.bitloom.plot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sweeps that a picture could stumble over. */
final class AwkwardSweeps {
  private static final int MAX_DEPTH = 32;

  private AwkwardSweeps() {}

  static Map<String, SweepResults> all() {
    Map<String, SweepResults> sweeps = new LinkedHashMap<>();
    sweeps.put("the paper's", Samples.paper());
    sweeps.put("groups", groups());
    sweeps.put("two diverged runs", diverged());
    sweeps.put("a quarter of the runs diverged", quarterDiverged());
    sweeps.put("one point", noFloats(List.of(Samples.point(4, "1000", "", 1, 97, 100))));
    sweeps.put("all of 32 depths", allDepths());
    sweeps.put("1000 points", thousand());
    sweeps.put("equal accuracies", constant(98, Samples.floats("", 98, 0)));
    sweeps.put("accuracy 0", constant(0, Map.of()));
    sweeps.put("accuracy 100", constant(100, Samples.floats("", 100, 0)));
    sweeps.put("half diverged", new SweepResults(halfDiverged(), Map.of(), Samples.CAPTION));
    sweeps.put("long words", longWords());
    sweeps.put("every mask of 2 bits", Samples.every(2, 1));
    sweeps.put("every mask of 4 bits", Samples.every(4, 3));
    sweeps.put("every mask of 6 bits", Samples.every(6, 1));
    sweeps.put("every mask of 8 bits", Samples.every(8, 2));
    sweeps.put("most masks of 12 bits", mostMasks());
    sweeps.put("single of 2", Samples.single(2, 1));
    sweeps.put("single of 16", Samples.single(16, 3));
    sweeps.put("single of 32", Samples.single(32, 2));
    sweeps.put("single of 12, one diverged", singleDiverged());
    return sweeps;
  }

  static SweepResults groups() {
    List<SweepPoint> points = new ArrayList<>(Samples.paperPoints("rule coupled", 0));
    points.addAll(Samples.paperPoints("rule independent", 0.4));
    Map<String, List<Double>> floats = new HashMap<>(Samples.floats("rule coupled", 89.73, 0.2));
    floats.putAll(Samples.floats("", 89.5, 0.1));
    return new SweepResults(points, floats, Samples.CAPTION);
  }

  static SweepResults diverged() {
    List<SweepPoint> points = new ArrayList<>(Samples.paper().points());
    points.set(5, Samples.point(2, "11", "", 3, 10, 32));
    points.set(13, Samples.point(4, "1110", "", 2, 9.8, 70));
    points.add(Samples.point(8, "00000001", "", 1, 85, 99));
    return new SweepResults(points, Samples.paper().floats(), Samples.CAPTION);
  }

  private static SweepResults quarterDiverged() {
    List<SweepPoint> points = new ArrayList<>(Samples.paper().points());
    for (int i = 0; i < 18; i++) {
      SweepPoint whole = points.get(points.size() - 1 - 3 * i);
      points.set(
          points.size() - 1 - 3 * i,
          Samples.point(whole.depth(), whole.mask(), "", whole.seed(), 10, 50));
    }
    return new SweepResults(points, Map.of(), Samples.CAPTION);
  }

  private static List<SweepPoint> halfDiverged() {
    List<SweepPoint> points = new ArrayList<>();
    for (int bits = 1; bits <= 4; bits++) {
      points.add(Samples.point(4, Samples.top(4, bits), "", 1, 97 + 0.1 * bits, 50));
      points.add(Samples.point(4, Samples.top(4, bits), "", 2, 10, 50));
    }
    return points;
  }

  private static SweepResults allDepths() {
    List<SweepPoint> points = new ArrayList<>();
    for (int depth = 1; depth <= MAX_DEPTH; depth++) {
      for (int bits = 1; bits <= depth; bits++) {
        double accuracy = 97 + 0.04 * bits - 0.01 * depth;
        points.add(Samples.point(depth, Samples.top(depth, bits), "", 1, accuracy, 100 - bits));
      }
    }
    return noFloats(points);
  }

  private static SweepResults thousand() {
    List<SweepPoint> points = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String mask = Samples.top(8, 1 + i % 8);
      points.add(Samples.point(8, mask, "", i, 95 + i % 8 * 0.3 + i % 10 * 0.05, 90 - i % 8));
    }
    return noFloats(points);
  }

  private static SweepResults constant(double accuracy, Map<String, List<Double>> floats) {
    List<SweepPoint> points = new ArrayList<>();
    for (int bits = 1; bits <= 4; bits++) {
      points.add(Samples.point(4, Samples.top(4, bits), "", 1, accuracy, accuracy));
    }
    return new SweepResults(points, floats, Samples.CAPTION);
  }

  private static SweepResults longWords() {
    String path = "/a/very/long/path".repeat(20);
    Caption caption =
        new Caption("title ".repeat(40), "net", "data", "1..3", "./bitloom sweep --out " + path);
    return new SweepResults(Samples.paper().points(), Map.of(), caption);
  }

  private static SweepResults mostMasks() {
    SweepResults every = Samples.every(12, 1);
    List<SweepPoint> most = every.points().subList(0, 3600);
    return new SweepResults(most, every.floats(), every.caption());
  }

  private static SweepResults singleDiverged() {
    SweepResults flat = Samples.single(12, 1);
    List<SweepPoint> points = new ArrayList<>();
    for (SweepPoint point : flat.points()) {
      double accuracy = point.mask().endsWith("01") ? 10 : 97 + 0.01 * points.size();
      points.add(Samples.point(12, point.mask(), "", 1, accuracy, 50));
    }
    points.set(4, Samples.point(12, points.get(4).mask(), "", 1, 11.35, 50));
    return new SweepResults(points, flat.floats(), flat.caption());
  }

  private static SweepResults noFloats(List<SweepPoint> points) {
    return new SweepResults(points, Map.of(), Samples.CAPTION);
  }
}
