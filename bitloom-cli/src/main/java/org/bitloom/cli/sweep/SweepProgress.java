package org.bitloom.cli.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.LiveLine;
import org.bitloom.sweep.SweepEngine;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;

/** Shows how a sweep goes on: a line for each run that ended, and a live line on a terminal. */
final class SweepProgress implements SweepEngine.Watcher {
  private final LiveLine line;
  private final BooleanSupplier stopRequested;
  private final int all;
  private final Map<String, Double> working = new LinkedHashMap<>();
  private final OptionalInt atOnce;
  private int ended;
  private int endedHere;
  private double secondsHere;

  /** How many runs a sweep has, how many have ended before it, how many are trained at once. */
  record Size(int all, int ended, OptionalInt atOnce) {}

  SweepProgress(Console console, BooleanSupplier stopRequested, Size size) {
    this.line = new LiveLine(console);
    this.stopRequested = stopRequested;
    this.all = size.all();
    this.ended = size.ended();
    this.atOnce = size.atOnce();
  }

  @Override
  public synchronized void started(SweepRun run) {
    working.put(run.id(), Double.NaN);
    show();
  }

  @Override
  public synchronized void progress(SweepRun run, double secondsLeft) {
    working.put(run.id(), secondsLeft);
    show();
  }

  @Override
  public synchronized void ended(TimedResult trained) {
    working.remove(trained.result().run().id());
    ended++;
    endedHere++;
    secondsHere += trained.seconds();
    line.line(Figures.format("%d/%d  %s", ended, all, text(trained)));
    show();
  }

  @Override
  public synchronized void notice(String text) {
    line.line(text);
    show();
  }

  private static String text(TimedResult trained) {
    String id = trained.result().run().id();
    if (trained.result() instanceof RunResult.Finished run) {
      return Figures.format(
          "%s  test %s  non-zero %s  %.1f s",
          id,
          Figures.percent(run.testAccuracy()),
          Figures.percent(run.nonZeroShare()),
          trained.seconds());
    }
    return id + "  failed: " + ((RunResult.Failed) trained.result()).error();
  }

  private void show() {
    line.show(
        Figures.format(
            "%d of %d runs ended, %d at work%s", ended, all, working.size(), timeLeft()));
  }

  /** Returns the time left, once a run has ended here that tells how long one takes. */
  private String timeLeft() {
    if (endedHere == 0) {
      return "";
    }
    double each = secondsHere / endedHere;
    double seconds = (all - ended - working.size()) * each;
    for (double left : working.values()) {
      seconds += Double.isNaN(left) ? each : left;
    }
    return ", about "
        + Figures.duration(seconds / atOnce.orElse(Math.max(1, working.size())))
        + " left";
  }

  /** Takes the live line away. */
  void done() {
    line.clear();
  }

  @Override
  public boolean stopRequested() {
    return stopRequested.getAsBoolean();
  }
}
