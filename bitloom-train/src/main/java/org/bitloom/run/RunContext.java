package org.bitloom.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bitloom.payload.PayloadBits;

/**
 * Where a run reads and writes, and who watches; none of it changes the result.
 *
 * @param folder of the run
 * @param overwrite whether an earlier run in the folder may be deleted
 * @param dataDir folder to look for data in first
 * @param progress hears of the run
 * @param stopRequested asked after each step; true = checkpoint and return
 * @param payload free bits of a new run whose settings speak of a payload
 */
public record RunContext(
    Path folder,
    boolean overwrite,
    Optional<Path> dataDir,
    Progress progress,
    BooleanSupplier stopRequested,
    Optional<PayloadBits> payload) {

  /** Carries no payload, or resumes a run, whose folder has it. */
  public RunContext(
      Path folder,
      boolean overwrite,
      Optional<Path> dataDir,
      Progress progress,
      BooleanSupplier stopRequested) {
    this(folder, overwrite, dataDir, progress, stopRequested, Optional.empty());
  }
}
