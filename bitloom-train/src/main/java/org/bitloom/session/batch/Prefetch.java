package org.bitloom.session.batch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Prepares the next batch while the engine works on the last one.
 *
 * <p>Two batches take turns: the one handed out stays valid until the next call.
 */
public final class Prefetch implements AutoCloseable {
  private final ImageFeed feed;
  private final int batchSize;
  private final Batch[] batches;
  private final Consumer<Batch> send;
  private final Runnable end;
  private final ExecutorService worker;
  private int[] order;
  private int next;
  private Future<?> prepared;

  /** Prepares batches for the processor. */
  public Prefetch(ImageFeed feed, int batchSize) {
    this(feed, batchSize, batch -> {}, () -> {});
  }

  /**
   * Prepares batches for a device.
   *
   * @param send copies a batch to the device; called on the thread that prepares
   * @param end called when no batch will be sent any more
   */
  public Prefetch(ImageFeed feed, int batchSize, Consumer<Batch> send, Runnable end) {
    this.feed = feed;
    this.send = send;
    this.end = end;
    this.batchSize = batchSize;
    this.batches =
        new Batch[] {new Batch(feed.images(), batchSize), new Batch(feed.images(), batchSize)};
    this.worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "bitloom-data");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins a pass over samples.
   *
   * @param samples in the order of the pass
   * @param batch number of the first batch that is wanted, from 0
   */
  public void begin(int[] samples, int batch) {
    await();
    order = samples;
    next = batch;
    prepare();
  }

  private void prepare() {
    int number = next;
    int from = number * batchSize;
    if (from >= order.length) {
      return;
    }
    int size = Math.min(batchSize, order.length - from);
    Batch batch = batches[number % 2];
    prepared =
        worker.submit(
            () -> {
              feed.load(order, from, size, batch);
              send.accept(batch);
            });
  }

  /** Returns the next batch of the epoch and starts on the one after it. */
  public Batch next() {
    await();
    Batch batch = batches[next % 2];
    next++;
    prepare();
    return batch;
  }

  private void await() {
    if (prepared == null) {
      return;
    }
    try {
      prepared.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("images of the data set could not be prepared", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were prepared", e);
    } finally {
      prepared = null;
    }
  }

  @Override
  public void close() {
    try {
      await();
    } finally {
      worker.shutdownNow();
      for (Batch batch : batches) {
        batch.forget();
      }
      end.run();
    }
  }
}
