package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.bitloom.worker.WorkerCommand;
import org.bitloom.worker.WorkerPool;
import org.bitloom.worker.WorkerTask;

/**
 * Estimates how long a sweep takes: from runs that ended, or by training the first seconds of a
 * run. Evaluation is left out, so it errs on the short side.
 */
public final class SweepEstimate {
  private static final double PROBE_SECONDS = 8;
  private static final double NANO = 1e-9;

  private final WorkerCommand command;
  private final Optional<Path> dataDir;
  private final DeviceChoice device;

  /** Seconds of an epoch. */
  private final Map<Like, OptionalDouble> known = new HashMap<>();

  /**
   * Uses workers for the probes.
   *
   * @param dataDir folder to look for data in first
   * @param device where runs compute
   */
  public SweepEstimate(WorkerCommand command, Optional<Path> dataDir, DeviceChoice device) {
    this.command = command;
    this.dataDir = dataDir;
    this.device = device;
  }

  /** What runs have in common whose epochs take about the same time. */
  private record Like(String network, String data, int limit, int batch) {
    static Like of(RunSettings settings) {
      return new Like(
          settings.network(), settings.data().name(), settings.data().limit(), settings.batch());
    }
  }

  /**
   * Returns the seconds that runs take one after another; empty if a probe failed.
   *
   * @param folder with the times of runs that ended; empty = none has
   * @throws IOException if no worker can be started
   */
  public OptionalDouble seconds(List<SweepRun> runs, Optional<SweepFolder> folder)
      throws IOException {
    if (folder.isPresent()) {
      learn(folder.get());
    }
    double seconds = 0;
    for (SweepRun run : runs) {
      OptionalDouble one = like(run, runs);
      if (one.isEmpty()) {
        return one;
      }
      seconds += one.getAsDouble() * epochs(run);
    }
    return OptionalDouble.of(seconds);
  }

  /** Takes the mean times of epochs of runs that ended well. */
  private void learn(SweepFolder folder) {
    Map<Like, List<Double>> times = new HashMap<>();
    for (RunResult end : folder.ends()) {
      OptionalDouble took = folder.times().of(end.run());
      if (end instanceof RunResult.Finished && took.isPresent()) {
        Like like = Like.of(end.run().settings());
        times
            .computeIfAbsent(like, key -> new ArrayList<>())
            .add(took.getAsDouble() / epochs(end.run()));
      }
    }
    times.forEach(
        (like, took) -> known.put(like, took.stream().mapToDouble(Double::doubleValue).average()));
  }

  private OptionalDouble like(SweepRun run, List<SweepRun> runs) throws IOException {
    Like like = Like.of(run.settings());
    OptionalDouble seconds = known.get(like);
    if (seconds == null) {
      SweepRun deepest = run;
      for (SweepRun other : runs) {
        if (Like.of(other.settings()).equals(like) && depth(other) > depth(deepest)) {
          deepest = other;
        }
      }
      seconds = probe(deepest);
      known.put(like, seconds);
    }
    return seconds;
  }

  private static int epochs(SweepRun run) {
    return run.settings().schedule().epochs();
  }

  private static int depth(SweepRun run) {
    return run.settings().weights() instanceof BitWeights bits ? bits.depth() : 0;
  }

  /** Trains a run for a few seconds, throws it away, and returns the seconds of an epoch. */
  private OptionalDouble probe(SweepRun run) throws IOException {
    Path folder = Files.createTempDirectory("bitloom-probe");
    try (WorkerPool pool = new WorkerPool(command)) {
      Clock clock = new Clock(pool);
      Optional<TimedResult> trained =
          pool.train(new WorkerTask(run, folder.resolve("run"), dataDir, device), clock::at);
      if (trained.isEmpty()) {
        return OptionalDouble.of(clock.seconds / epochs(run));
      }
      return trained.get().result() instanceof RunResult.Finished
          ? OptionalDouble.of(trained.get().seconds() / epochs(run))
          : OptionalDouble.empty();
    } finally {
      SweepFolder.delete(folder);
    }
  }

  /** Stops a probe when it has trained for long enough. */
  private static final class Clock {
    private final WorkerPool pool;
    private long firstReport;
    private double seconds;

    Clock(WorkerPool pool) {
      this.pool = pool;
    }

    void at(Standing standing) {
      long now = System.nanoTime();
      if (firstReport == 0) {
        firstReport = now;
      }
      double trained = (now - firstReport) * NANO;
      seconds = trained + standing.secondsLeft();
      if (trained > PROBE_SECONDS) {
        pool.stop();
      }
    }
  }
}
