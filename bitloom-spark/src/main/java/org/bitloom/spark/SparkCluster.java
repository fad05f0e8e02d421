package org.bitloom.spark;

import java.util.HashMap;
import java.util.Map;
import org.bitloom.error.FailureException;
import org.bitloom.sweep.ClusterEngine;

/** Connects sweeps to Spark; found by {@link java.util.ServiceLoader}. */
public final class SparkCluster implements ClusterEngine {
  /** Creates the engine for the service loader. */
  public SparkCluster() {}

  @Override
  public Connection connect(Request request) {
    MasterUrl master = MasterUrl.parse(request.master());
    System.setProperty("bitloom.spark.log", request.log().toAbsolutePath().toString());
    Map<String, String> settings = new HashMap<>(request.settings());
    if (!master.local()) { // there N of local[N] is the number of runs at once
      settings.putIfAbsent("spark.task.cpus", Integer.toString(request.threads()));
      settings.putAll(GpuShare.settings(request.device(), settings));
    }
    try {
      return new SparkSweep(SparkConnection.open(master, settings), request);
    } catch (NoClassDefFoundError e) {
      FailureException failure =
          new FailureException(
              "a sweep with a master must find Spark on the class path, found none of its class "
                  + e.getMessage(),
              "start the command with ./bitloom, which brings it");
      failure.initCause(e);
      throw failure;
    }
  }
}
