package org.bitloom.spark;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The two ends of a job as Spark calls them: the task on an executor, the results on the driver.
 */
final class EachItem {
  private EachItem() {}

  /** Runs on an executor: one partition holds one item. */
  static final class Task<R extends Serializable>
      extends AbstractFunction2<TaskContext, Iterator<String>, R> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Work<R> work;

    Task(Work<R> work) {
      this.work = work;
    }

    @Override
    public R apply(TaskContext context, Iterator<String> items) {
      try {
        return work.apply(items.next());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the task was interrupted", e);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }

  /** Runs on the driver, on one thread, once for each partition, in the order of finishing. */
  static final class Sink<R> extends AbstractFunction2<Object, R, BoxedUnit> {
    private final SparkConnection.Listener<R> listener;
    private volatile RuntimeException failure;

    Sink(SparkConnection.Listener<R> listener) {
      this.listener = listener;
    }

    @Override
    public BoxedUnit apply(Object index, R result) {
      try {
        listener.ended((Integer) index, result);
      } catch (RuntimeException e) {
        failure = e; // Spark wraps it in an exception of its own
        throw e;
      }
      return BoxedUnit.UNIT;
    }

    Optional<RuntimeException> failure() {
      return Optional.ofNullable(failure);
    }
  }

  /** Runs on the driver, on Spark's thread for news. */
  static final class Starts extends SparkListener {
    private final IntConsumer started;

    Starts(IntConsumer started) {
      this.started = started;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      started.accept(start.taskInfo().partitionId());
    }
  }
}
