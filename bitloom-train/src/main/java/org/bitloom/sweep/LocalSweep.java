package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bitloom.error.UsageException;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.worker.GpuMemory;
import org.bitloom.worker.RunListener;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.bitloom.worker.WorkerCommand;
import org.bitloom.worker.WorkerPool;
import org.bitloom.worker.WorkerTask;

/** Trains the runs of a sweep on this machine, several at once, each in a worker of its own. */
public final class LocalSweep implements SweepEngine {
  private static final int LOOK_MILLIS = 100;

  private final int parallel;
  private final WorkerCommand command;
  private final Function<SweepRun, Path> folders;
  private final Optional<Path> dataDir;
  private final List<DeviceChoice> devices;

  /**
   * Prepares a sweep.
   *
   * @param parallel runs at the same time, at least 1; the results do not depend on it
   * @param folders where each run is trained
   * @param dataDir folder to look for data in first
   * @param devices where runs compute, by turns; at least one
   */
  public LocalSweep(
      int parallel,
      WorkerCommand command,
      Function<SweepRun, Path> folders,
      Optional<Path> dataDir,
      List<DeviceChoice> devices) {
    this.parallel = checkRunsAtOnce(parallel);
    this.command = command;
    this.folders = folders;
    this.dataDir = dataDir;
    this.devices = List.copyOf(devices);
  }

  @Override
  public void train(List<SweepRun> runs, Watcher watcher) throws IOException, InterruptedException {
    Queue<SweepRun> left = new ConcurrentLinkedQueue<>(runs);
    try (WorkerPool pool = new WorkerPool(command)) {
      Crew crew = new Crew(pool, left, watcher);
      int threads = Math.min(parallel, runs.size());
      CountDownLatch working = new CountDownLatch(threads);
      SharedDevices shared = new SharedDevices(devices);
      for (int i = 0; i < threads; i++) {
        SharedDevices.Place place = shared.place(i);
        new Thread(() -> crew.work(place, working), "bitloom-run-" + (i + 1)).start();
      }
      boolean stopped = false;
      while (!working.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!stopped && (watcher.stopRequested() || crew.failure.get() != null)) {
          stopped = true;
          pool.stop();
        }
      }
      crew.rethrow();
    }
  }

  /** The threads that wait for the workers. */
  private final class Crew {
    private final WorkerPool pool;
    private final Queue<SweepRun> left;
    private final Watcher watcher;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Crew(WorkerPool pool, Queue<SweepRun> left, Watcher watcher) {
      this.pool = pool;
      this.left = left;
      this.watcher = watcher;
    }

    void work(SharedDevices.Place place, CountDownLatch working) {
      try {
        if (!place.enter()) {
          watcher.notice(place.full());
          return;
        }
        SweepRun run = left.poll();
        while (run != null && !watcher.stopRequested() && trained(run, place)) {
          run = left.poll();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException | Error e) {
        failure.compareAndSet(null, e); // the others stop, and the caller hears of it
      } finally {
        place.begun(); // also if there was no run to train
        working.countDown();
      }
    }

    /** Trains a run; returns false if it was stopped. */
    private boolean trained(SweepRun run, SharedDevices.Place place) throws IOException {
      watcher.started(run);
      WorkerTask task = new WorkerTask(run, folders.apply(run), dataDir, place.choice());
      Optional<TimedResult> trained = pool.train(task, told(run, place));
      place.begun(); // a short run may have told nothing of its memory
      if (trained.isPresent()) {
        watcher.ended(trained.get());
      }
      return trained.isPresent();
    }

    private RunListener told(SweepRun run, SharedDevices.Place place) {
      return new RunListener() {
        @Override
        public void at(Standing standing) {
          watcher.progress(run, standing);
        }

        @Override
        public void memory(GpuMemory memory) {
          place.settled(memory);
        }
      };
    }

    void rethrow() throws IOException {
      Throwable reason = failure.get();
      if (reason instanceof IOException io) {
        throw io;
      }
      if (reason instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (reason instanceof Error error) {
        throw error;
      }
    }
  }

  /**
   * Returns the number if it is one of runs at the same time.
   *
   * @throws UsageException if it is below 1
   */
  public static int checkRunsAtOnce(int runs) {
    if (runs < 1) {
      throw new UsageException("parallel must be at least 1, got " + runs, "raise --parallel");
    }
    return runs;
  }

  /** Returns how many runs of {@code threads} threads this machine trains at once. */
  public static int runsAtOnce(int threads) {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
  }
}
