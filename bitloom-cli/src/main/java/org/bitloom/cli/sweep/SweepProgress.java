package org.bitloom.cli.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.terminal.Curve;
import org.bitloom.cli.terminal.Screen;
import org.bitloom.cli.terminal.TextWidth;
import org.bitloom.settings.RunSettings;
import org.bitloom.sweep.SweepEngine;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;

/**
 * Shows how a sweep goes on: a line for each run that ended and, on a terminal, below them one for
 * the sweep and one for each run at work.
 */
final class SweepProgress implements SweepEngine.Watcher {
  private static final int CURVE = 6;

  private final Screen screen;
  private final BooleanSupplier stopRequested;
  private final RunLabels labels;
  private final int all;
  private final Map<String, Work> working = new LinkedHashMap<>();
  private final OptionalInt atOnce;
  private int ended;
  private int endedHere;
  private double secondsHere;

  /** Runs to be named, how many there are, how many ended before, how many are trained at once. */
  record Size(List<RunSettings> named, int all, int ended, OptionalInt atOnce) {}

  /** A run that is trained now. */
  private static final class Work {
    private final String label;
    private final Curve losses = new Curve();
    private Standing standing;

    Work(String label) {
      this.label = label;
    }
  }

  SweepProgress(Console console, BooleanSupplier stopRequested, Size size) {
    this.screen = console.screen();
    this.stopRequested = stopRequested;
    this.labels = new RunLabels(size.named());
    this.all = size.all();
    this.ended = size.ended();
    this.atOnce = size.atOnce();
  }

  @Override
  public synchronized void started(SweepRun run) {
    working.put(run.id(), new Work(labels.of(run.settings())));
    show();
  }

  @Override
  public synchronized void progress(SweepRun run, Standing standing) {
    Work work = working.get(run.id());
    if (work != null) {
      work.standing = standing;
      work.losses.add(standing.loss());
      show();
    }
  }

  @Override
  public synchronized void ended(TimedResult trained) {
    working.remove(trained.result().run().id());
    ended++;
    endedHere++;
    secondsHere += trained.seconds();
    screen.line(Figures.format("%d/%d  %s", ended, all, text(trained)));
    show();
  }

  @Override
  public synchronized void notice(String text) {
    screen.line(text);
    show();
  }

  /** Pipes get the name of the run's folder, which is long but can be searched for. */
  private String text(TimedResult trained) {
    SweepRun run = trained.result().run();
    String name = screen.isLive() ? labels.of(run.settings()) : run.id();
    if (trained.result() instanceof RunResult.Finished finished) {
      return Figures.format(
          "%s  test %s  non-zero %s  %.1f s",
          name,
          Figures.percent(finished.testAccuracy()),
          Figures.percent(finished.nonZeroShare()),
          trained.seconds());
    }
    return name + "  failed: " + ((RunResult.Failed) trained.result()).error();
  }

  private void show() {
    if (!screen.isLive()) {
      return;
    }
    String first =
        Figures.format("%d of %d runs ended, %d at work%s", ended, all, working.size(), timeLeft());
    List<Row> runs = working.values().stream().map(this::row).toList();
    screen.show(window -> lines(first, runs, window));
  }

  /** Returns as many lines as a window has room for; the last tells how many more there are. */
  private static List<String> lines(String first, List<Row> runs, Screen.Size window) {
    int room = window.rows() - 1;
    int shown = runs.size() < room ? runs.size() : Math.max(0, room - 2);
    List<String> lines = new ArrayList<>();
    lines.add(first);
    runs.subList(0, shown).forEach(run -> lines.add(run.line(window.columns() - 1)));
    if (shown < runs.size()) {
      lines.add("  and " + (runs.size() - shown) + " more");
    }
    return lines;
  }

  /** The name of a run and where it stands, the latter also without its loss. */
  private record Row(String label, String standing, String shorter) {
    private static final int LEAST = 8;

    /** Leaves out the loss, then the end of the name, if there is no room for them. */
    String line(int columns) {
      int room = columns - 4;
      boolean all = TextWidth.of(label) + TextWidth.of(standing) <= room;
      String told = all ? standing : shorter;
      int left = Math.max(LEAST, room - TextWidth.of(told));
      String name =
          TextWidth.of(label) <= left
              ? label
              : TextWidth.cut(label, left - 2).stripTrailing() + "..";
      return "  " + name + "  " + told;
    }
  }

  private Row row(Work work) {
    Standing at = work.standing;
    if (at == null) {
      return new Row(work.label, "starting", "starting");
    }
    String epoch = Figures.format("epoch %d/%d", at.epoch(), at.epochs());
    String curve = work.losses.text(CURVE, screen.letters());
    String loss = Figures.format("  loss %.4f %-" + CURVE + "s", at.loss(), curve);
    String rest =
        "  " + Figures.percent(at.accuracy()) + "  " + Figures.duration(at.secondsLeft()) + " left";
    return new Row(work.label, epoch + loss + rest, epoch + rest);
  }

  /** Returns the time left, once a run has ended here that tells how long one takes. */
  private String timeLeft() {
    if (endedHere == 0) {
      return "";
    }
    double each = secondsHere / endedHere;
    double seconds = (all - ended - working.size()) * each;
    for (Work work : working.values()) {
      seconds += work.standing == null ? each : work.standing.secondsLeft();
    }
    return ", about "
        + Figures.duration(seconds / atOnce.orElse(Math.max(1, working.size())))
        + " left";
  }

  /** Takes the live lines away. */
  void done() {
    screen.clear();
  }

  @Override
  public boolean stopRequested() {
    return stopRequested.getAsBoolean();
  }
}
