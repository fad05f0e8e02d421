package org.bitloom.spark;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bitloom.error.FailureException;

/** Starts Spark's context, and gives up on a master much sooner than Spark would. */
final class ContextStart {
  /** Spark itself takes a minute; a user should not wait that long for a typing error. */
  private static final Duration REGISTRATION = Duration.ofSeconds(15);

  /** A queue of YARN or an image of Kubernetes may take its time. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration CLEANING = Duration.ofSeconds(5);

  private final MasterUrl master;
  private final SparkConf conf;
  private final CompletableFuture<JavaSparkContext> context = new CompletableFuture<>();

  ContextStart(MasterUrl master, SparkConf conf) {
    this.master = master;
    this.conf = conf;
  }

  /** Returns the context, or throws {@link FailureException} in time. */
  JavaSparkContext get() throws InterruptedException {
    Thread thread = new Thread(this::start, "bitloom-spark-start");
    thread.setDaemon(true);
    thread.start();
    Duration waited = Duration.ZERO;
    for (Duration all = Duration.ZERO; all.compareTo(LONGEST) < 0; all = all.plus(LOOK)) {
      try {
        return running(context.get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
      } catch (ExecutionException e) {
        throw refused(String.valueOf(e.getCause().getMessage()), e.getCause());
      } catch (TimeoutException e) {
        waited = waitsForMaster(thread) ? waited.plus(LOOK) : waited;
      }
      if (waited.compareTo(REGISTRATION) >= 0) {
        break;
      }
    }
    thread.interrupt();
    thread.join(CLEANING.toMillis()); // what Spark takes down now would be the next context's
    throw refused("no answer in " + REGISTRATION.toSeconds() + " s", null);
  }

  private void start() {
    try {
      JavaSparkContext spark = new JavaSparkContext(conf);
      if (!context.complete(spark)) {
        spark.stop();
      }
    } catch (Throwable e) { // LinkageError too: the class path may hold another Spark
      context.completeExceptionally(e);
    }
  }

  /**
   * Says whether all is ready but the master's word. Only that is timed: on a busy machine Spark's
   * own classes may take longer to load than a master to answer.
   */
  private static boolean waitsForMaster(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("waitForRegistration"));
  }

  private JavaSparkContext running(JavaSparkContext spark) {
    if (spark.sc().isStopped()) {
      throw refused("its answer was no", null);
    }
    return spark;
  }

  private FailureException refused(String found, Throwable cause) {
    FailureException failure =
        new FailureException(
            "Spark must start with master " + master.text() + ", found: " + found,
            "a master of another Spark version than "
                + org.apache.spark.package$.MODULE$.SPARK_VERSION()
                + " does not answer; see docs/cluster.md");
    failure.initCause(cause);
    return failure;
  }
}
