package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.sweep.ClusterEngine.Connection;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.WorkerCommand;

/**
 * Where a sweep trains: on this machine or on a cluster.
 *
 * @param parallel runs at once on this machine; empty = as many as fit
 * @param master address of a cluster; empty = this machine
 * @param settings of the cluster's own, by name
 */
public record EngineChoice(
    OptionalInt parallel, Optional<String> master, Map<String, String> settings) {
  private static final Pattern LOCAL = Pattern.compile("local\\[([0-9]{1,4})]");

  /** Checks the choices against each other. */
  public EngineChoice {
    settings = Map.copyOf(settings);
    if (master.isEmpty() && !settings.isEmpty()) {
      throw new UsageException(
          "--conf must come with --master, got none", "leave it out, or give --master");
    }
    if (master.isPresent() && parallel.isPresent()) {
      throw new UsageException(
          "--parallel must be left out with --master, got " + parallel.getAsInt(),
          "the cluster decides; limit it with local[N] or --conf spark.cores.max=N");
    }
    parallel.ifPresent(LocalSweep::checkRunsAtOnce);
  }

  /** Says whether the sweep leaves this process and its workers. */
  public boolean isCluster() {
    return master.isPresent();
  }

  /**
   * Returns how many runs train at once; empty = the cluster decides.
   *
   * @param threads of each run
   */
  public OptionalInt atOnce(int threads) {
    if (master.isEmpty()) {
      return OptionalInt.of(parallel.orElse(LocalSweep.runsAtOnce(threads)));
    }
    Matcher local = LOCAL.matcher(master.get());
    return local.matches() ? OptionalInt.of(Integer.parseInt(local.group(1))) : OptionalInt.empty();
  }

  /**
   * What an engine must know of the sweep.
   *
   * @param folder of the sweep
   * @param keep which folders of runs are kept
   * @param dataDir folder to look for data in first
   * @param threads of each run
   * @param device of each run
   * @param shared the devices of this machine that this means, which runs share by turns
   */
  public record Needs(
      SweepFolder folder,
      Keep keep,
      Optional<Path> dataDir,
      int threads,
      DeviceChoice device,
      List<DeviceChoice> shared) {}

  /**
   * Opens the engine; for a cluster this connects to it.
   *
   * @throws UsageException if the address is none
   * @throws FailureException if no cluster answers, or Spark is not on the class path
   */
  public Connection open(Needs needs) throws IOException {
    if (master.isEmpty()) {
      return here(needs);
    }
    ClusterEngine engine =
        ServiceLoader.load(ClusterEngine.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new FailureException(
                        "--master must find Spark on the class path, found none",
                        "start the command with ./bitloom, which brings it"));
    return engine.connect(
        new ClusterEngine.Request(
            master.get(),
            settings,
            needs.threads(),
            needs.device(),
            needs.folder().file("spark.log"),
            needs.dataDir(),
            needs.keep() == Keep.NONE ? Optional.empty() : Optional.of(needs.folder()::run)));
  }

  private Connection here(Needs needs) {
    LocalSweep local =
        new LocalSweep(
            atOnce(needs.threads()).orElseThrow(),
            WorkerCommand.likeThisJvm(),
            needs.folder()::run,
            needs.dataDir(),
            needs.shared());
    return new Connection() {
      @Override
      public void train(List<SweepRun> runs, Watcher watcher)
          throws IOException, InterruptedException {
        local.train(runs, watcher);
      }

      @Override
      public void close() {}
    };
  }
}
