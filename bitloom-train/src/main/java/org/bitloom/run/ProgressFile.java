package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.Json;
import org.bitloom.run.Progress.BatchProgress;

/**
 * The file progress.json of a run: where it stands inside its epoch, for whoever looks on from
 * another process. Nothing that a run computes depends on it.
 *
 * <p>A thread of its own writes it, once a second at most; training only leaves the newest value
 * and never waits. The file goes when the run ends by itself or is stopped. One that is there
 * though nobody works in the folder was left by a process that was killed, or tells why the run
 * failed.
 */
final class ProgressFile implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1000;
  private static final long LONGEST_WAIT_SECONDS = 10;
  private static final String ERROR = "error";

  private final Path file;
  private final AtomicReference<BatchProgress> told = new AtomicReference<>();
  private ScheduledExecutorService writer;
  private boolean failed;

  /**
   * What the file tells.
   *
   * @param at where the run stood when it was last written
   * @param error why the run failed
   */
  record Content(Optional<BatchProgress> at, Optional<String> error) {
    static final Content NONE = new Content(Optional.empty(), Optional.empty());
  }

  ProgressFile(Path file) {
    this.file = file;
  }

  /** Takes note of where the run stands; returns at once. */
  void tell(BatchProgress at) {
    note(at);
    if (writer == null) {
      writer = Executors.newSingleThreadScheduledExecutor(ProgressFile::thread);
      ScheduledFuture<?> unused =
          writer.scheduleWithFixedDelay(this::write, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Leaves the newest value for the next {@link #write}. */
  void note(BatchProgress at) {
    told.set(at);
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: training goes first, if it may
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "bitloom-progress");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /** Writes what was told last, if that is new. */
  void write() {
    BatchProgress at = told.getAndSet(null);
    if (at != null) {
      write(json(at));
    }
  }

  private void write(Map<String, Object> json) {
    try {
      AtomicFiles.writeUnforced(file, Json.print(json) + "\n");
    } catch (IOException | RuntimeException e) {
      // lookers-on see less; a full disk stops the run where it matters, at a checkpoint
    }
  }

  /** Leaves the reason why the run fails. */
  void fail(String reason) {
    failed = true;
    end();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(ERROR, reason);
    write(json);
  }

  /** Deletes what an earlier run left. */
  void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the next writing replaces it
    }
  }

  private void end() {
    if (writer == null) {
      return;
    }
    writer.shutdown();
    try {
      writer.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Deletes the file, unless the run failed. */
  @Override
  public void close() {
    end();
    if (!failed) {
      clear();
    }
  }

  private static Map<String, Object> json(BatchProgress at) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", at.epoch());
    json.put("epochs", at.epochs());
    json.put("batch", at.batch());
    json.put("batches", at.batches());
    putFinite(json, "loss", at.loss());
    putFinite(json, "accuracy", at.accuracy());
    putFinite(json, "imagesPerSecond", at.imagesPerSecond());
    putFinite(json, "secondsLeft", at.secondsLeft());
    return json;
  }

  private static void putFinite(Map<String, Object> json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    }
  }

  /** Reads the file of a run; what is missing, damaged or empty tells nothing. */
  static Content read(Path file) {
    try {
      MetricsLine line = MetricsLine.of(Json.parse(Files.readString(file)));
      if (line.has(ERROR)) {
        return new Content(Optional.empty(), Optional.of(String.valueOf(line.json().get(ERROR))));
      }
      return new Content(Optional.of(at(line)), Optional.empty());
    } catch (IOException | IllegalArgumentException e) {
      return Content.NONE;
    }
  }

  private static BatchProgress at(MetricsLine line) {
    return new BatchProgress(
        line.integer("epoch"),
        line.integer("epochs"),
        line.integer("batch"),
        line.integer("batches"),
        line.optional("loss").orElse(Double.NaN),
        line.optional("accuracy").orElse(Double.NaN),
        line.optional("imagesPerSecond").orElse(Double.NaN),
        line.optional("secondsLeft").orElse(Double.NaN));
  }
}
