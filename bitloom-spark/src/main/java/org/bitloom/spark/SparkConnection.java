package org.bitloom.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.bitloom.error.FailureException;
import scala.reflect.ClassTag$;

/** Holds the one Spark context of this JVM. */
final class SparkConnection implements AutoCloseable {
  private static final String GROUP = "bitloom";
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final JavaSparkContext spark;

  private SparkConnection(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Connects to a master, within 30 seconds or not at all.
   *
   * @param settings Spark's own, by name; they win over ours, and {@code -Dspark.*} of this JVM is
   *     between the two
   * @throws FailureException if the master does not answer or does not take us
   */
  static SparkConnection open(MasterUrl master, Map<String, String> settings) {
    master.requireAnswer(ANSWER);
    try {
      return new SparkConnection(
          new ContextStart(master, SparkSettings.of(master, settings)).get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("Spark must start, found: interrupted", "start again");
    }
  }

  /** Returns Spark's context. */
  JavaSparkContext spark() {
    return spark;
  }

  /** Hears of the items; may be called from two threads. */
  interface Listener<R> {
    /** A task begins the item; told late at times, and again if the task is tried again. */
    void started(int index);

    /** The item has a result; told once, in the order in which items finish. */
    void ended(int index, R result);
  }

  /**
   * Does all items, each as one task.
   *
   * @param listener hears of each item; what it throws at an end stops the job
   * @throws FailureException if Spark gives up
   */
  <R extends Serializable> void forEach(List<String> items, Work<R> work, Listener<R> listener) {
    if (items.isEmpty()) {
      return;
    }
    EachItem.Starts starts = new EachItem.Starts(listener::started);
    EachItem.Sink<R> sink = new EachItem.Sink<>(listener);
    spark.setJobGroup(GROUP, items.size() + " items", true);
    spark.sc().addSparkListener(starts);
    try {
      spark
          .sc()
          .runJob(
              spark.parallelize(items, items.size()).rdd(),
              new EachItem.Task<>(work),
              sink,
              ClassTag$.MODULE$.<R>apply(Serializable.class));
    } catch (Exception e) { // SparkException is checked, but Scala declares nothing
      throw sink.failure().orElseGet(() -> gaveUp(e));
    } finally {
      spark.sc().removeSparkListener(starts);
    }
  }

  /** Ends the job that is running, if any; its {@link #forEach} throws. */
  void cancel() {
    spark.sc().cancelJobGroup(GROUP);
  }

  private static RuntimeException gaveUp(Exception error) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    FailureException failure =
        new FailureException(
            "Spark must bring every run to an end, found: " + firstLine(error),
            "what is finished is kept; see spark.log, then give the same command again");
    failure.initCause(error);
    return failure;
  }

  private static String firstLine(Exception error) {
    return String.valueOf(error.getMessage()).strip().split("\\R", 2)[0];
  }

  @Override
  public void close() {
    spark.stop();
  }
}
