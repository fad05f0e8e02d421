package org.bitloom.update;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed team of threads that shares the chunks of a tensor; the caller is one of them.
 *
 * <p>Every chunk is computed alone, so neither the number of workers nor their timing changes a
 * result. Small tensors stay on the calling thread. One caller at a time.
 */
public final class Workers implements AutoCloseable {
  private static final int SMALLEST_SHARED = 16 * Chunk.WEIGHTS;

  /** Work on the weights {@code chunk.from} to {@code chunk.from + chunk.count - 1}. */
  @FunctionalInterface
  public interface ChunkTask {
    /** Does the work; the chunk belongs to the calling worker. */
    void run(Chunk chunk);
  }

  private final Chunk own = new Chunk();
  private final Phaser phaser = new Phaser(1);
  private final AtomicInteger next = new AtomicInteger();
  private final Thread[] threads;
  private ChunkTask task;
  private int size;
  private volatile Throwable failure;
  private volatile boolean closed;

  /** Starts a team of {@code workers} threads, the caller included; at least 1. */
  public Workers(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
    phaser.bulkRegister(workers - 1);
    threads = new Thread[workers - 1];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(this::serve, "bitloom-update-" + (i + 1));
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /** Runs {@code work} once for each chunk of a tensor of {@code weights} weights. */
  public void run(int weights, ChunkTask work) {
    if (closed) {
      throw new IllegalStateException("workers must be open, they are closed");
    }
    task = work;
    size = weights;
    next.set(0);
    if (threads.length == 0 || weights < SMALLEST_SHARED) {
      drain(own);
      return;
    }
    failure = null;
    phaser.arriveAndAwaitAdvance(); // begin: the team sees task and size
    guardedDrain(own);
    phaser.arriveAndAwaitAdvance(); // end: the caller sees all results
    rethrow();
  }

  private void serve() {
    Chunk chunk = new Chunk();
    while (true) {
      phaser.arriveAndAwaitAdvance();
      if (closed) {
        return;
      }
      guardedDrain(chunk);
      phaser.arriveAndAwaitAdvance();
    }
  }

  private void guardedDrain(Chunk chunk) {
    try {
      drain(chunk);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private void drain(Chunk chunk) {
    int from;
    while ((from = next.getAndAdd(Chunk.WEIGHTS)) < size && from >= 0) {
      chunk.from = from;
      chunk.count = Math.min(Chunk.WEIGHTS, size - from);
      task.run(chunk);
    }
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      phaser.arriveAndDeregister();
    }
  }
}
