package org.bitloom.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.Json;
import org.bitloom.settings.DataSettings;
import org.bitloom.sweep.ClusterEngine;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;

/**
 * Trains the runs of a sweep on a Spark cluster, each as one task; the twin of {@code LocalSweep}.
 *
 * <p>Spark decides where and in which order, and tries a task again whose machine was lost. Its
 * scheduler accepts one result for each task, so each run is told of once.
 */
final class SparkSweep implements ClusterEngine.Connection {
  private static final String MODEL = "model.safetensors";
  private static final int LOOK_MILLIS = 100;

  private final SparkConnection connection;
  private final ClusterEngine.Request request;

  SparkSweep(SparkConnection connection, ClusterEngine.Request request) {
    this.connection = connection;
    this.request = request;
  }

  @Override
  public void train(List<SweepRun> runs, Watcher watcher) throws IOException, InterruptedException {
    RunWork work = work(runs);
    Told told = new Told(runs, watcher);
    Thread stopper = new Thread(() -> cancelWhenAsked(watcher), "bitloom-spark-stop");
    stopper.setDaemon(true);
    stopper.start();
    try {
      connection.forEach(runs.stream().map(run -> Json.print(run.json())).toList(), work, told);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      if (!watcher.stopRequested()) {
        throw e;
      }
    } finally {
      stopper.interrupt();
      stopper.join();
    }
  }

  private void cancelWhenAsked(Watcher watcher) {
    try {
      while (true) {
        if (watcher.stopRequested()) {
          connection.cancel(); // again and again: the job may be about to begin
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      // the job is done
    }
  }

  private RunWork work(List<SweepRun> runs) throws IOException {
    boolean offer = !connection.spark().isLocal();
    Set<DataSettings> sets = new LinkedHashSet<>();
    Map<String, SentFile> named = new HashMap<>();
    for (SweepRun run : runs) {
      sets.add(run.settings().data().toLoad());
      for (Map.Entry<String, String> file : SettingsFiles.of(run.settings()).entrySet()) {
        if (offer && !named.containsKey(file.getKey())) {
          named.put(file.getKey(), SentFile.of(connection.spark(), file(file.getValue())));
        }
      }
    }
    List<SentData> data = new ArrayList<>();
    for (DataSettings set : sets) {
      data.add(SentData.of(connection.spark(), set, request.dataDir(), offer));
    }
    return new RunWork(
        SentJars.send(connection.spark()),
        data,
        named,
        new RunWork.Wishes(
            request.dataDir().map(dir -> dir.toAbsolutePath().toString()).orElse(null),
            request.device().toString(),
            request.models().isPresent()));
  }

  /** Returns the file of a path, which may be a run's folder. */
  private static Path file(String given) {
    Path path = Path.of(given);
    return Files.isDirectory(path) ? path.resolve(MODEL) : path;
  }

  @Override
  public void close() throws IOException {
    try {
      ExecutorState.close(); // in local mode the workers are children of this JVM
    } finally {
      connection.close();
    }
  }

  /** Tells the watcher what Spark tells us, from several threads and not in order. */
  private final class Told implements SparkConnection.Listener<SentResult> {
    private final List<SweepRun> runs;
    private final Watcher watcher;
    private final Set<Integer> ended = new HashSet<>();

    Told(List<SweepRun> runs, Watcher watcher) {
      this.runs = runs;
      this.watcher = watcher;
    }

    @Override
    public synchronized void started(int index) {
      if (!ended.contains(index)) {
        watcher.started(runs.get(index));
      }
    }

    @Override
    public synchronized void ended(int index, SentResult result) {
      ended.add(index);
      SweepRun run = runs.get(index);
      try {
        if (result.model().length > 0 && request.models().isPresent()) {
          Path folder = Files.createDirectories(request.models().get().apply(run));
          AtomicFiles.write(folder.resolve(MODEL), out -> out.write(result.model()));
        }
        watcher.ended(new TimedResult(end(run, result.line()), result.seconds()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Reads an end; its run is ours, for paths may differ on the executor. */
    private RunResult end(SweepRun run, String line) {
      RunResult end = RunResult.parse(Json.parse(line));
      if (end instanceof RunResult.Finished finished) {
        return new RunResult.Finished(run, finished.result(), finished.modelSha256());
      }
      RunResult.Failed failed = (RunResult.Failed) end;
      return new RunResult.Failed(run, failed.error(), failed.hint());
    }
  }
}
