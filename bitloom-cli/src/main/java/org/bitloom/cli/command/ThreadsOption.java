package org.bitloom.cli.command;

import org.bitloom.error.UsageException;
import picocli.CommandLine.Option;

/** The option of commands that compute once, with all processors if nothing else is said. */
public final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads (default: one per processor).")
  private Integer threads;

  /**
   * Returns how many threads compute.
   *
   * @throws UsageException if it is below 1
   */
  public int count() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1) {
      throw new UsageException("threads must be at least 1, got " + count, "raise --threads");
    }
    return count;
  }
}
