package org.bitloom.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.ImageSettingsJson;
import org.bitloom.settings.RunSettings;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.bitloom.worker.WorkerTask;

/**
 * Trains one run on an executor. A run that cannot be trained is a result like another; only a
 * machine that cannot work is a failure of the task, which Spark tries elsewhere.
 */
final class RunWork implements Work<SentResult> {
  private static final long serialVersionUID = 1L;
  private static final String MODEL = "model.safetensors";

  private final WorkerRecipe workers;
  private final ArrayList<SentData> data;
  private final HashMap<String, SentFile> named;
  private final Wishes wishes;

  /**
   * What is the same for all runs.
   *
   * @param dataDir folder to look for data in first; null = none
   * @param device where they compute, as {@code --device} names it
   * @param models whether models are brought back
   */
  record Wishes(String dataDir, String device, boolean models) implements Serializable {}

  /**
   * Prepares the work.
   *
   * @param named files that settings name, by their checksum
   */
  RunWork(WorkerRecipe workers, List<SentData> data, Map<String, SentFile> named, Wishes wishes) {
    this.workers = workers;
    this.data = new ArrayList<>(data);
    this.named = new HashMap<>(named);
    this.wishes = wishes;
  }

  @Override
  public SentResult apply(String item) throws Exception {
    SweepRun run = SweepRun.parse(Json.parse(item));
    Path scratch = Files.createTempDirectory(ExecutorState.folder(), "bitloom-run");
    try {
      Path folder = scratch.resolve("run");
      TimedResult trained = train(run, folder);
      boolean finished = trained.result() instanceof RunResult.Finished;
      byte[] model =
          finished && wishes.models() ? Files.readAllBytes(folder.resolve(MODEL)) : new byte[0];
      return new SentResult(Json.print(trained.result().json()), trained.seconds(), model);
    } finally {
      delete(scratch);
    }
  }

  private TimedResult train(SweepRun run, Path folder) throws IOException, InterruptedException {
    WorkerTask task;
    try {
      task =
          new WorkerTask(
              here(run),
              folder,
              place(run.settings()),
              GpuShare.here(DeviceChoice.parse(wishes.device())));
    } catch (UsageException e) {
      return new TimedResult(new RunResult.Failed(run, e.getMessage(), e.hint()), 0);
    } catch (FailureException e) {
      return new TimedResult(new RunResult.Failed(run, e.getMessage(), e.hint()), 0);
    }
    return ExecutorState.workers(workers.command())
        .train(task, standing -> {})
        .orElseThrow(() -> new InterruptedException("the executor ends"));
  }

  private Optional<Path> place(RunSettings settings) throws IOException {
    Optional<Path> first = Optional.ofNullable(wishes.dataDir()).map(Path::of);
    for (SentData set : data) {
      if (set.name().equals(settings.data().name())
          && set.images().equals(ImageSettingsJson.text(settings.data().images()))) {
        return ExecutorState.place(set, first);
      }
    }
    return first;
  }

  /** Points a run to copies, on this machine, of the files that its settings name. */
  private SweepRun here(SweepRun run) throws IOException {
    Map<String, String> copies = new HashMap<>();
    for (String sha256 : SettingsFiles.of(run.settings()).keySet()) {
      if (named.containsKey(sha256)) {
        Path folder = ExecutorState.folder().resolve("bitloom-files").resolve(sha256);
        Path copy = folder.resolve(named.get(sha256).name());
        if (!Files.exists(copy)) {
          named.get(sha256).writeInto(folder);
        }
        copies.put(sha256, copy.toString());
      }
    }
    return new SweepRun(
        run.id(),
        SettingsFiles.moved(run.settings(), (path, sha256) -> copies.getOrDefault(sha256, path)));
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
