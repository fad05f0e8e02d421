package org.bitloom.cli.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.sweep.ClusterEngine;
import org.bitloom.sweep.ClusterEngine.Connection;
import org.bitloom.sweep.Keep;
import org.bitloom.sweep.LocalSweep;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.WorkerCommand;
import picocli.CommandLine.Option;

/** The options that say where a sweep trains: on this machine or on a cluster. */
final class SweepPlace {
  private static final Pattern LOCAL = Pattern.compile("local\\[([0-9]{1,4})]");

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Runs at once; the results do not depend on it (default: as many as fit).")
  private Integer parallel;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Train on Spark: spark://HOST:PORT, k8s://HOST:PORT, yarn, or local[N] to try it here.")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "NAME=VALUE",
      description = "A setting of Spark, with --master; may be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Checks the options against each other.
   *
   * @throws UsageException if one makes no sense with another
   */
  void check() {
    if (master == null && !settings.isEmpty()) {
      throw new UsageException(
          "--conf must come with --master, got none", "leave it out, or give --master");
    }
    if (master != null && parallel != null) {
      throw new UsageException(
          "--parallel must be left out with --master, got " + parallel,
          "the cluster decides; limit it with local[N] or --conf spark.cores.max=N");
    }
    if (parallel != null) {
      LocalSweep.checkRunsAtOnce(parallel);
    }
  }

  /** Says whether the sweep leaves this process and its workers. */
  boolean isCluster() {
    return master != null;
  }

  /** Returns how many runs train at once; empty = the cluster decides. */
  OptionalInt atOnce(int threads) {
    if (master == null) {
      return OptionalInt.of(parallel == null ? LocalSweep.runsAtOnce(threads) : parallel);
    }
    Matcher local = LOCAL.matcher(master);
    return local.matches() ? OptionalInt.of(Integer.parseInt(local.group(1))) : OptionalInt.empty();
  }

  /** What an engine must know of the sweep. */
  record Needs(SweepFolder folder, Keep keep, Optional<Path> dataDir, int threads) {}

  /** Opens the engine; for a cluster this connects to it. */
  Connection open(Needs needs) throws IOException {
    if (master == null) {
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
            master,
            settings,
            needs.threads(),
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
            needs.dataDir());
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
