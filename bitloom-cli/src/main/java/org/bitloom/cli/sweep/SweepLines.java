package org.bitloom.cli.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bitloom.cli.command.Figures;
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
