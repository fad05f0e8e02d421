package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.worker.SweepRun;

/** Trains sweeps on a cluster; found by {@link java.util.ServiceLoader}. */
public interface ClusterEngine {
  /**
   * Connects to a cluster.
   *
   * @throws org.bitloom.error.UsageException if the address is none
   * @throws org.bitloom.error.FailureException if no cluster answers within 30 seconds
   */
  Connection connect(Request request) throws IOException;

  /** A sweep engine that holds a cluster until it is closed. */
  interface Connection extends SweepEngine, AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /**
   * What a sweep asks of a cluster.
   *
   * @param master address, such as {@code spark://host:7077} or {@code local[2]}
   * @param settings of the cluster's own, by name
   * @param threads of each run
   * @param device of each run, on whatever machine it is
   * @param log file here for what the cluster has to say
   * @param dataDir folder to look for data in first, here and on every machine of the cluster
   * @param models folder of a run here, into which its model.safetensors is brought before its end
   *     is told; empty = models stay away
   */
  record Request(
      String master,
      Map<String, String> settings,
      int threads,
      DeviceChoice device,
      Path log,
      Optional<Path> dataDir,
      Optional<Function<SweepRun, Path>> models) {
    public Request {
      settings = Map.copyOf(settings);
    }
  }
}
