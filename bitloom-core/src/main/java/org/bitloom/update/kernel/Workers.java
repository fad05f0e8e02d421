package org.bitloom.update.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that shares the chunks of a tensor; the caller is one of them.
 *
 * <p>Every chunk is computed alone, so neither the number of workers nor their timing changes a
 * result. Small tensors stay on the calling thread. One caller at a time.
 *
 * <p>The caller waits only for chunks that another thread has begun: waking a thread takes tens of
 * microseconds, in which the caller may have done all the work. Threads that wait look around for a
 * moment before they sleep, as a step brings several tensors one after another.
 */
public final class Workers implements AutoCloseable {
  /** Smaller tensors are done before another thread has woken up. */
  private static final int SMALLEST_SHARED = 64 * Chunk.WEIGHTS;

  /**
   * Weights that a thread takes at a time. One chunk would do, but then neighbouring pages of every
   * array go to different processors, whose prefetching gets into each other's way: an update took
   * up to 1.8 times as long.
   */
  private static final int SPAN = 16 * Chunk.WEIGHTS;

  /** About 30 microseconds of looking around. */
  private static final int LOOKS = 1000;

  /** Work on the weights {@code chunk.from} to {@code chunk.from + chunk.count - 1}. */
  @FunctionalInterface
  public interface ChunkTask {
    /** Does the work; the chunk belongs to the calling worker. */
    void run(Chunk chunk);
  }

  private final Chunk own = new Chunk();
  private final Thread[] threads;
  private volatile Job job;
  private volatile boolean closed;

  /** The chunks of one tensor; a thread that comes late finds none left. */
  private static final class Job {
    private final ChunkTask task;
    private final int size;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unfinished;
    private volatile Throwable failure;

    Job(ChunkTask task, int size) {
      this.task = task;
      this.size = size;
      this.unfinished = new AtomicInteger((size - 1) / SPAN + 1);
    }

    void drain(Chunk chunk) {
      int from;
      while ((from = next.getAndAdd(SPAN)) < size && from >= 0) {
        runSpan(from, Math.min(SPAN, size - from), chunk);
        if (unfinished.decrementAndGet() == 0 && Thread.currentThread() != caller) {
          LockSupport.unpark(caller);
        }
      }
    }

    private void runSpan(int first, int count, Chunk chunk) {
      for (int at = 0; at < count; at += Chunk.WEIGHTS) {
        chunk.from = first + at;
        chunk.count = Math.min(Chunk.WEIGHTS, count - at);
        try {
          task.run(chunk);
        } catch (RuntimeException | Error e) {
          failure = e;
        }
      }
    }

    void await() {
      for (int look = 0; unfinished.get() > 0; look++) {
        if (look < LOOKS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
    }
  }

  /** Starts a team of {@code workers} threads, the caller included; at least 1. */
  public Workers(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
    threads = new Thread[workers - 1];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(this::serve, "bitloom-update-" + (i + 1));
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /**
   * Runs {@code work} once for each chunk of a tensor of {@code weights} weights. If it fails for a
   * chunk, the others are done all the same before the failure is thrown.
   */
  public void run(int weights, ChunkTask work) {
    if (closed) {
      throw new IllegalStateException("workers must be open, they are closed");
    }
    if (weights == 0) {
      return;
    }
    Job mine = new Job(work, weights);
    if (weights >= SMALLEST_SHARED) {
      job = mine;
      for (Thread thread : threads) {
        LockSupport.unpark(thread);
      }
    }
    mine.drain(own);
    mine.await();
  }

  private void serve() {
    Chunk chunk = new Chunk();
    Job done = null;
    while (!closed) {
      Job now = next(done);
      if (now != done) {
        now.drain(chunk);
        done = now;
      }
    }
  }

  /** Waits for another job than the last one; may return without. */
  private Job next(Job done) {
    for (int look = 0; look < LOOKS; look++) {
      if (job != done) {
        return job;
      }
      Thread.onSpinWait();
    }
    LockSupport.park(this);
    return job;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
