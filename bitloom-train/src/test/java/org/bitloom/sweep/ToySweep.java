package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bitloom.model.WeightCounts;
import org.bitloom.run.EpochResult;
import org.bitloom.run.EpochResult.Score;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.bitloom.worker.WorkerCommand;

/** Plans of short runs over toy images, and what a sweep leaves. */
final class ToySweep {
  /** Hears nothing and never asks to stop. */
  static final SweepEngine.Watcher NOBODY = new Quiet();

  /** A watcher to override a part of. */
  static class Quiet implements SweepEngine.Watcher {
    @Override
    public void started(SweepRun run) {}

    @Override
    public void progress(SweepRun run, Standing standing) {}

    @Override
    public void ended(TimedResult trained) throws IOException {}

    @Override
    public boolean stopRequested() {
      return false;
    }
  }

  private ToySweep() {}

  /** Returns settings of a short run, some replaced by those of config.json. */
  static RunSettings settings(Path data, Map<String, Object> replaced) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", "lenet300");
    json.put("data", data.toString());
    json.put("weights", "float");
    json.put("optimizer", "adam");
    json.put("schedule", "8x9e-4");
    json.put("batch", 50L);
    json.put("validation", 0.0);
    json.put("limit", 0L);
    json.put("augmentation", "none");
    json.put("seed", 1L);
    json.put("threads", 1L);
    json.putAll(replaced);
    return SettingsJson.parse(json);
  }

  static Map<String, Object> bits(String mask) {
    return Map.of(
        "weights",
        Map.of(
            "depth",
            (long) mask.length(),
            "mask",
            mask,
            "rule",
            "coupled",
            "drift",
            0.0,
            "layers",
            List.of()));
  }

  /** Plans five good runs and one that asks for more samples than there are. */
  static SweepPlan plan(Path data) {
    List<RunSettings> settings = new ArrayList<>();
    settings.add(settings(data, Map.of()));
    settings.add(settings(data, Map.of("limit", 100_000L)));
    for (String mask : List.of("11", "100000", "111000", "11111111")) {
      settings.add(settings(data, bits(mask)));
    }
    return SweepPlan.of(settings);
  }

  /** Trains what is left of a plan on this machine, and returns the ends. */
  static List<RunResult> run(Path folder, SweepPlan plan, int parallel, SweepEngine.Watcher watcher)
      throws IOException, InterruptedException {
    try (SweepFolder opened = SweepFolder.open(folder)) {
      LocalSweep engine =
          new LocalSweep(
              parallel,
              WorkerCommand.likeThisJvm(),
              opened::run,
              Optional.empty(),
              List.of(DeviceChoice.CPU));
      return new Sweep(opened, plan, Keep.ALL).run(engine, watcher);
    }
  }

  /** Returns the lines of results.jsonl as a set. */
  static Set<String> lines(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
    Set<String> set = new TreeSet<>(lines);
    if (set.size() != lines.size()) {
      throw new AssertionError("every line must stand there once, got " + lines);
    }
    return set;
  }

  /** Returns what a run came to that is as good as this on the test samples. */
  static EpochResult result(double testAccuracy) {
    Score test = new Score(1, testAccuracy);
    return new EpochResult(
        1, new Score(1, 0.5), Optional.empty(), test, new WeightCounts(30, 20, 50));
  }
}
