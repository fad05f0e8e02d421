package org.bitloom.cli.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bitloom.cli.command.Figures;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.verdict.Finding;
import org.bitloom.worker.SweepRun;

/** What a reproduction says before it begins and when it ends. */
final class ReproduceLines {
  private ReproduceLines() {}

  /**
   * What is left to train.
   *
   * @param runs by part
   * @param seconds that the runs of each part take one after another; empty = not known
   * @param atOnce runs at the same time
   * @param threads of each
   */
  record Work(
      Map<Part, List<SweepRun>> runs, Map<Part, OptionalDouble> seconds, int atOnce, int threads) {
    int count() {
      return runs.values().stream().mapToInt(List::size).sum();
    }

    /** Returns how long all of it takes, if that is known. */
    OptionalDouble wallSeconds() {
      double all = 0;
      for (Part part : runs.keySet()) {
        OptionalDouble wall = wallSeconds(part);
        if (wall.isEmpty()) {
          return wall;
        }
        all += wall.getAsDouble();
      }
      return OptionalDouble.of(all);
    }

    OptionalDouble wallSeconds(Part part) {
      OptionalDouble one = seconds.getOrDefault(part, OptionalDouble.empty());
      return one.isEmpty()
          ? one
          : OptionalDouble.of(
              one.getAsDouble() / Math.max(1, Math.min(atOnce, runs.get(part).size())));
    }
  }

  /**
   * Returns the lines of the plan.
   *
   * @param all runs of the plan whose data are there
   * @param missing why data sets are not there, by name
   */
  static List<String> plan(Work work, int all, Map<String, String> missing, Path folder) {
    List<String> lines = new ArrayList<>();
    lines.add(Figures.format("runs           %d", all));
    if (work.count() < all) {
      lines.add(Figures.format("to train       %d, the others have a result", work.count()));
    }
    missing.forEach(
        (name, reason) ->
            lines.add(
                "left out       rows of "
                    + name
                    + ": "
                    + reason
                    + "; ./bitloom data fetch "
                    + name
                    + " brings it"));
    lines.add(
        Figures.format(
            "at once        %d, %s each",
            work.atOnce(), work.threads() == 1 ? "1 thread" : work.threads() + " threads"));
    for (Map.Entry<Part, List<SweepRun>> part : work.runs().entrySet()) {
      lines.add(
          Figures.format(
              "%-14s %d runs, %s",
              part.getKey().label(),
              part.getValue().size(),
              time(work.wallSeconds(part.getKey()))));
    }
    if (work.count() > 0) {
      lines.add("time           " + time(work.wallSeconds()));
    }
    lines.add("folder         " + folder);
    return lines;
  }

  private static String time(OptionalDouble seconds) {
    return seconds.isEmpty()
        ? "time not known"
        : "about " + Figures.duration(seconds.getAsDouble());
  }

  /** Returns a line for each verdict. */
  static List<String> verdicts(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add(
          Figures.format(
              "%-14s %s: %s",
              finding.verdict().text(finding.claim().kind()),
              finding.claim().sentence().replaceFirst("[.]$", ""),
              finding.reason()));
    }
    return lines;
  }

  /** Returns the verdicts as JSON objects. */
  static List<Map<String, Object>> objects(List<Finding> findings) {
    return findings.stream().map(ReproduceLines::object).toList();
  }

  private static Map<String, Object> object(Finding finding) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("claim", finding.claim().key());
    object.put("part", finding.claim().part().label());
    object.put("kind", finding.claim().kind().label());
    object.put("sentence", finding.claim().sentence());
    object.put("verdict", finding.verdict().text(finding.claim().kind()));
    object.put("reason", finding.reason());
    finding
        .difference()
        .ifPresent(
            found -> {
              object.put("seeds", found.count());
              object.put("points", number(found.count() == 0 ? Double.NaN : found.mean()));
              object.put("low", number(found.low()));
              object.put("high", number(found.high()));
              object.put("pValue", number(finding.pValue()));
            });
    return object;
  }

  private static Object number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
