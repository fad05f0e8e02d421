package org.bitloom.update.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that shares the chunks of a tensor; the caller is one of them.
 *
 * <p>Every chunk is computed alone, so neither the number of threads nor their timing changes a
 * result. Small tensors stay on the calling thread. One caller at a time. Work allocates nothing.
 *
 * <p>The caller waits only for chunks that another thread has begun: waking a thread takes tens of
 * microseconds, in which the caller may have done all the work. Threads that wait look around for a
 * moment before they sleep, as a step brings several tensors one after another.
 */
public final class ThreadTeam implements AutoCloseable {
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

  private static final long SPANS = 0xffff_ffffL;
  private static final long ONE_JOB = 1L << Integer.SIZE;

  /** Work on the weights {@code chunk.from} to {@code chunk.from + chunk.count - 1}. */
  @FunctionalInterface
  public interface ChunkTask {
    /** Does the work; the chunk belongs to the calling worker. */
    void run(Chunk chunk);
  }

  private final Chunk own = new Chunk();
  private final Thread[] threads;
  private volatile boolean closed;

  /**
   * Spans of the present job that nobody has taken, in the low half; the number of the job in the
   * high half, so that a thread that comes late cannot take a span of the next job for one of the
   * last. Whoever has taken a span may read the fields of its job: they change only between jobs.
   */
  private final AtomicLong open = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private ChunkTask task;
  private int size;
  private int spans;
  private Thread caller;
  private volatile Throwable failure;

  /** Starts a team of {@code count} threads, the caller included; at least 1. */
  public ThreadTeam(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + count);
    }
    threads = new Thread[count - 1];
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
      throw new IllegalStateException("thread team must be open, it is closed");
    }
    if (weights == 0) {
      return;
    }
    task = work;
    size = weights;
    caller = Thread.currentThread();
    if (weights < SMALLEST_SHARED || threads.length == 0) {
      runChunks(0, weights, own);
    } else {
      share();
    }
    task = null;
    rethrow();
  }

  private void share() {
    spans = (size - 1) / SPAN + 1;
    unfinished.set(spans);
    open.set((open.get() & ~SPANS) + ONE_JOB + spans);
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    drain(own);
    for (int look = 0; unfinished.get() > 0; look++) {
      if (look < LOOKS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Works on spans of the present job until none is left. */
  private void drain(Chunk chunk) {
    long now;
    while (((now = open.get()) & SPANS) > 0) {
      if (open.compareAndSet(now, now - 1)) {
        int from = (spans - (int) (now & SPANS)) * SPAN;
        runChunks(from, Math.min(SPAN, size - from), chunk);
        Thread waiting = caller;
        if (unfinished.decrementAndGet() == 0 && Thread.currentThread() != waiting) {
          LockSupport.unpark(waiting);
        }
      }
    }
  }

  private void runChunks(int first, int count, Chunk chunk) {
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

  private void rethrow() {
    Throwable found = failure;
    failure = null;
    if (found instanceof Error error) {
      throw error;
    }
    if (found != null) {
      throw (RuntimeException) found;
    }
  }

  private void serve() {
    Chunk chunk = new Chunk();
    while (!closed) {
      awaitSpans();
      drain(chunk);
    }
  }

  /** Waits for spans that nobody has taken; may return without. */
  private void awaitSpans() {
    for (int look = 0; look < LOOKS; look++) {
      if ((open.get() & SPANS) > 0) {
        return;
      }
      Thread.onSpinWait();
    }
    LockSupport.park(this);
  }

  /** Returns how many there are, the caller included. */
  public int count() {
    return threads.length + 1;
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
