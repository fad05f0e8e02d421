package org.bitloom.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitloom.bits.BitMask;
import org.bitloom.data.Augmentation;
import org.bitloom.io.Json;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.RunSettings.Weights;
import org.bitloom.settings.Schedule;
import org.bitloom.sweep.LocalSweep;
import org.bitloom.sweep.SweepEngine;
import org.bitloom.update.UpdateRule;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.bitloom.worker.WorkerCommand;

/** Short runs on the digits that the program brings, the last of which fails. */
final class ToyRuns {
  static final Weights BITS = new BitWeights(4, BitMask.top(2), UpdateRule.COUPLED, 0);

  private ToyRuns() {}

  static List<SweepRun> few() {
    return List.of(
        run(BITS, 1, 512),
        run(new FloatWeights(), 1, 512),
        run(BITS, 2, 512),
        run(BITS, 1, 70_000));
  }

  static SweepRun run(Weights weights, long seed, int limit) {
    DataSettings data = new DataSettings("mnist", limit, 0, Augmentation.NONE);
    return SweepRun.of(
        new RunSettings("lenet300", data, weights, "adam", Schedule.parse("2x1e-3"), 64, seed, 1));
  }

  /**
   * Trains on this machine without Spark, in workers with the kernels that executors take: models
   * tell them. Returns the lines by run.
   */
  static Map<String, String> trainLocally(List<SweepRun> runs, Path folder) throws Exception {
    List<String> jars = List.of(WorkerCommand.classPathOfWorkers().split(File.pathSeparator, -1));
    WorkerRecipe workers = WorkerRecipe.ofThisJvm(jars, false);
    Heard heard = new Heard();
    new LocalSweep(
            2,
            workers.command(),
            run -> folder.resolve(run.id()),
            Optional.empty(),
            List.of(DeviceChoice.CPU))
        .train(runs, heard);
    return heard.lines();
  }

  /** Keeps what an engine tells. */
  static class Heard implements SweepEngine.Watcher {
    private final List<TimedResult> ended = new ArrayList<>();

    @Override
    public void started(SweepRun run) {}

    @Override
    public void progress(SweepRun run, Standing standing) {}

    @Override
    public synchronized void ended(TimedResult trained) throws IOException {
      ended.add(trained);
    }

    @Override
    public boolean stopRequested() {
      return false;
    }

    /** Returns how many ends were told, doubles too. */
    synchronized int count() {
      return ended.size();
    }

    /** Returns the line of each run, by its name. */
    synchronized Map<String, String> lines() {
      Map<String, String> lines = new TreeMap<>();
      ended.forEach(
          trained -> lines.put(trained.result().run().id(), Json.print(trained.result().json())));
      return lines;
    }
  }
}
