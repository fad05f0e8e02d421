package org.bitloom.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;
import org.bitloom.payload.PayloadBits;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.Progress;
import org.bitloom.run.RunContext;
import org.bitloom.run.RunOutcome;
import org.bitloom.run.RunReader;
import org.bitloom.run.TrainingRun;
import org.bitloom.session.engine.Devices;
import org.bitloom.settings.Payload;
import org.bitloom.settings.RunSettings;

/** Trains one run of a sweep in this JVM, whatever comes of it. */
final class TaskRun {
  private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 50_000_000;

  private final WorkerTask task;
  private final BooleanSupplier stopRequested;
  private final RunListener listener;

  /**
   * Prepares a run.
   *
   * @param listener hears of the run while it is trained
   */
  TaskRun(WorkerTask task, BooleanSupplier stopRequested, RunListener listener) {
    this.task = task;
    this.stopRequested = stopRequested;
    this.listener = listener;
  }

  /** Trains, or goes on with the run, and says how it ended; empty = it was stopped. */
  Optional<RunResult> end() {
    try {
      RunOutcome outcome = train();
      if (!outcome.finished()) {
        return Optional.empty();
      }
      String sha256 = Sha256.of(outcome.model().orElseThrow());
      return Optional.of(
          new RunResult.Finished(task.run(), outcome.last().orElseThrow().result(), sha256));
    } catch (IOException | RuntimeException | Error e) {
      return Optional.of(failed(task.run(), e));
    }
  }

  /** Waits for the worker of a killed sweep, which may take a moment to end. */
  private void awaitFolder() throws IOException {
    long begin = System.nanoTime();
    while (RunReader.inUse(task.folder()) && System.nanoTime() - begin < LONGEST_WAIT_NANOS) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private RunOutcome train() throws IOException {
    awaitFolder();
    boolean begun =
        RunReader.isRun(task.folder())
            && RunReader.open(task.folder()).settings().equals(task.run().settings());
    RunContext context =
        new RunContext(
                task.folder(),
                true,
                task.dataDir(),
                progress(),
                stopRequested,
                begun ? Optional.empty() : payload(),
                task.device())
            .withData(task.run().place());
    return begun ? TrainingRun.resume(context) : TrainingRun.start(task.run().settings(), context);
  }

  /** Reads the free bits that a new run carries: the payload of a sweep is the file of them. */
  private Optional<PayloadBits> payload() throws IOException {
    Optional<Payload> payload = task.run().settings().payload();
    return payload.isEmpty()
        ? Optional.empty()
        : Optional.of(PayloadBits.read(Path.of(payload.get().path())));
  }

  private Progress progress() {
    Pace pace = new Pace();
    OptionalLong freeBefore = Devices.freeBytes(task.device());
    return new Progress() {
      private boolean memoryTold = freeBefore.isEmpty();

      @Override
      public void started(RunSettings settings, Path folder, int firstEpoch) {}

      @Override
      public void batch(BatchProgress progress) {
        double seconds = pace.left(progress, System.nanoTime());
        if (Double.isFinite(seconds)) {
          tellMemory();
          listener.at(Standing.of(progress, seconds));
        }
      }

      private void tellMemory() {
        if (!memoryTold) {
          memoryTold = true;
          long free = Devices.freeBytes(task.device()).orElseThrow();
          listener.memory(new GpuMemory(free, freeBefore.orElseThrow() - free));
        }
      }

      @Override
      public void epoch(EpochMetrics metrics) {}
    };
  }

  /** Returns the line of a run that an error ended. */
  static RunResult.Failed failed(SweepRun run, Throwable error) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof UsageException usage) {
      return new RunResult.Failed(run, message, usage.hint());
    }
    if (error instanceof FailureException failure) {
      return new RunResult.Failed(run, message, failure.hint());
    }
    String kind = error.getClass().getSimpleName();
    return new RunResult.Failed(
        run, kind + ": " + message, "train the run alone with ./bitloom train to see more");
  }
}
