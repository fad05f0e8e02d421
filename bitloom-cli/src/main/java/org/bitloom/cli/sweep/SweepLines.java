package org.bitloom.cli.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.bitloom.cli.command.Figures;
import org.bitloom.settings.RunSettings;
import org.bitloom.sweep.EngineChoice;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.sweep.SweepPlan;

/**
 * What a sweep says before it begins and when it ends.
 *
 * @param leftOut in words, what of the grid does not fit together
 * @param folder of the sweep
 */
record SweepLines(SweepPlan plan, List<String> leftOut, Path folder) {
  private static final int SHOWN = 6;

  /**
   * Returns the lines of the plan.
   *
   * @param left runs still to be trained
   * @param atOnce runs at the same time; empty = the cluster decides
   * @param seconds that all runs left take one after another; empty = not known
   */
  List<String> plan(int left, OptionalInt atOnce, OptionalDouble seconds) {
    int all = plan.runs().size();
    long seeds = plan.runs().stream().map(run -> run.settings().seed()).distinct().count();
    List<String> lines = new ArrayList<>();
    lines.add(
        Figures.format("runs           %d (%s)", all, seeds == 1 ? "1 seed" : seeds + " seeds"));
    if (!leftOut.isEmpty()) {
      String shown = String.join("; ", leftOut.subList(0, Math.min(SHOWN, leftOut.size())));
      lines.add("left out       " + shown + (leftOut.size() > SHOWN ? "; ..." : ""));
    }
    if (left < all) {
      lines.add(Figures.format("to train       %d, the others have a result", left));
    }
    int threads = plan.runs().get(0).settings().threads();
    lines.add(
        Figures.format(
            "at once        %s, %s each",
            atOnce.isPresent() ? atOnce.getAsInt() : "as the cluster decides",
            threads == 1 ? "1 thread" : threads + " threads"));
    if (left > 0 && seconds.isPresent()) {
      double each = seconds.getAsDouble() / left;
      double rounds = Math.max(left / (double) atOnce.orElse(1), 1);
      lines.add(
          "time           about "
              + Figures.duration(rounds * each)
              + (atOnce.isPresent() ? "" : " of one processor like this"));
    } else if (left > 0) {
      lines.add("time           not known");
    }
    lines.add("folder         " + folder);
    return lines;
  }

  /** Returns lines that name the runs: one for those that differ in the seed only. */
  List<String> runs() {
    List<RunSettings> settings = plan.settings();
    RunLabels labels = new RunLabels(settings);
    Map<String, List<Long>> seeds = new LinkedHashMap<>();
    for (RunSettings run : settings) {
      seeds.computeIfAbsent(labels.group(run), key -> new ArrayList<>()).add(run.seed());
    }
    int width = seeds.keySet().stream().mapToInt(String::length).max().orElse(1);
    List<String> lines = new ArrayList<>();
    seeds.forEach(
        (group, those) ->
            lines.add(
                (lines.isEmpty() ? "plan           " : "               ")
                    + Figures.format("%-" + width + "s  %s", group, seeds(those))));
    lines.add("each           " + labels.common(settings.get(0)));
    return lines;
  }

  private static String seeds(List<Long> seeds) {
    long first = seeds.get(0);
    long last = seeds.get(seeds.size() - 1);
    if (seeds.size() == 1) {
      return "seed " + first;
    }
    boolean range = seeds.size() > 2 && last - first == seeds.size() - 1;
    String text = seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
    return "seeds " + (range ? first + ".." + last : text);
  }

  /** Says what a stop means for the runs at work. */
  static String stopping(EngineChoice where) {
    return where.isCluster()
        ? "bitloom: stopping, the runs at work on the cluster begin anew next time"
        : "bitloom: stopping, the runs at work write their checkpoints";
  }

  static String failed(long failed, int all, SweepFolder folder) {
    return Figures.format(
        "bitloom: every run must end well, %d of %d failed; see the lines with \"error\" in %s, the"
            + " same command tries them again",
        failed, all, folder.file("results.jsonl"));
  }
}
