package org.bitloom.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.settings.DeviceChoice;

/**
 * Workers that are kept between runs, as many as run at the same time.
 *
 * <p>A process of its own for each run at work: the engine trains one network at a time in a
 * process, and what brings down the engine brings down one run. A worker stays with the device of
 * its first run, whose memory it keeps. Safe for use by many threads.
 */
public final class WorkerPool implements AutoCloseable {
  private final WorkerCommand command;
  private final Map<DeviceChoice, Deque<Worker>> idle = new HashMap<>();
  private final List<Worker> all = new ArrayList<>();
  private boolean stopping;

  /** Starts no worker yet. */
  public WorkerPool(WorkerCommand command) {
    this.command = command;
  }

  /**
   * Trains a run in a worker that is idle, or in a new one; waits until the run has ended.
   *
   * @param listener hears of the run while it is trained
   * @return how it ended, a failure of its process too; empty = it was stopped
   * @throws IOException if no worker can be started
   */
  public Optional<TimedResult> train(WorkerTask task, RunListener listener) throws IOException {
    Optional<Worker> taken = take(task.device());
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Worker worker = taken.get();
    try {
      Optional<TimedResult> trained = worker.train(task, listener);
      giveBack(worker, task.device());
      return trained;
    } catch (WorkerDiedException e) {
      if (isStopping()) {
        return Optional.empty();
      }
      discard(worker);
      RunResult.Failed end =
          new RunResult.Failed(
              task.run(), e.getMessage(), "see whether memory was short, and start again");
      return Optional.of(new TimedResult(end, 0));
    }
  }

  private synchronized Optional<Worker> take(DeviceChoice device) throws IOException {
    if (stopping) {
      return Optional.empty();
    }
    Worker worker = idle(device).poll();
    if (worker == null) {
      worker = Worker.start(command);
      all.add(worker);
    }
    return Optional.of(worker);
  }

  private synchronized void giveBack(Worker worker, DeviceChoice device) {
    idle(device).push(worker);
  }

  private Deque<Worker> idle(DeviceChoice device) {
    return idle.computeIfAbsent(device, key -> new ArrayDeque<>());
  }

  private synchronized void discard(Worker worker) throws IOException {
    all.remove(worker);
    worker.close();
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Asks every worker to write the checkpoint of its run and to end; no other run is begun. */
  public synchronized void stop() {
    stopping = true;
    all.forEach(Worker::stop);
  }

  /** Ends all workers at once. */
  @Override
  public synchronized void close() throws IOException {
    stopping = true;
    for (Worker worker : all) {
      worker.close();
    }
    all.clear();
    idle.clear();
  }
}
