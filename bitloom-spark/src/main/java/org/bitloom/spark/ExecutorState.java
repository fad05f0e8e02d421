package org.bitloom.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.bitloom.worker.WorkerCommand;
import org.bitloom.worker.WorkerPool;

/** What the tasks of one executor share: its workers and the places of its data. */
final class ExecutorState {
  private static final Map<SentData, Optional<Path>> PLACES = new HashMap<>();
  private static WorkerPool workers;

  private ExecutorState() {}

  /** Returns the host of this executor as Spark knows it. */
  static String name() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  /** Returns the folder that Spark gave this executor. */
  static Path folder() {
    return Path.of(SparkFiles.getRootDirectory()).toAbsolutePath().normalize();
  }

  /** Returns the workers, which wait for the next task between two. */
  static synchronized WorkerPool workers(WorkerCommand command) {
    if (workers == null) {
      workers = new WorkerPool(command);
    }
    return workers;
  }

  /** Finds a data set once for all tasks. */
  static Optional<Path> place(SentData data, Optional<Path> dataDir) throws IOException {
    synchronized (PLACES) {
      Optional<Path> known = PLACES.get(data);
      if (known == null) {
        known = data.place(dataDir, folder().resolve("bitloom-data"));
        PLACES.put(data, known);
      }
      return known;
    }
  }

  /** Ends the workers, and forgets the places: in local mode this JVM lives on. */
  static void close() throws IOException {
    synchronized (PLACES) {
      PLACES.clear();
    }
    synchronized (ExecutorState.class) {
      if (workers != null) {
        workers.close();
        workers = null;
      }
    }
  }
}
