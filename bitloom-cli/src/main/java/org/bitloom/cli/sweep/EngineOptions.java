package org.bitloom.cli.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bitloom.error.UsageException;
import org.bitloom.sweep.EngineChoice;
import picocli.CommandLine.Option;

/** The options that say where a sweep trains: on this machine or on a cluster. */
final class EngineOptions {
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
   * Returns what was chosen.
   *
   * @throws UsageException if an option makes no sense with another
   */
  EngineChoice choice() {
    return new EngineChoice(
        parallel == null ? OptionalInt.empty() : OptionalInt.of(parallel),
        Optional.ofNullable(master),
        settings);
  }
}
