package org.bitloom.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bitloom.payload.PayloadBits;
import org.bitloom.settings.DeviceChoice;

/**
 * Where a run computes, reads and writes, and who watches; none of it changes the result, but for
 * the last bits of floats, which depend on the kind of device.
 *
 * @param folder of the run
 * @param overwrite whether an earlier run in the folder may be deleted
 * @param dataDir folder to look for data in first
 * @param progress hears of the run
 * @param stopRequested asked after each step; true = checkpoint and return
 * @param payload free bits of a new run whose settings speak of a payload
 * @param device where it computes
 * @param data place of the data now, a known name or a folder; empty = that of the settings, and of
 *     a run that goes on, wherever they are found. They must be the same
 * @param initFrom place of the network to start from now; empty = as with the data
 */
public record RunContext(
    Path folder,
    boolean overwrite,
    Optional<Path> dataDir,
    Progress progress,
    BooleanSupplier stopRequested,
    Optional<PayloadBits> payload,
    DeviceChoice device,
    Optional<String> data,
    Optional<Path> initFrom) {

  /** Finds the data by their name in the settings, or where they lay. */
  public RunContext(
      Path folder,
      boolean overwrite,
      Optional<Path> dataDir,
      Progress progress,
      BooleanSupplier stopRequested,
      Optional<PayloadBits> payload,
      DeviceChoice device) {
    this(
        folder,
        overwrite,
        dataDir,
        progress,
        stopRequested,
        payload,
        device,
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the same with data in a place of their own, if one is given. */
  public RunContext withData(Optional<String> place) {
    return new RunContext(
        folder, overwrite, dataDir, progress, stopRequested, payload, device, place, initFrom);
  }

  /** Returns the same with a network to start from in a place of its own, if one is given. */
  public RunContext withInitFrom(Optional<Path> place) {
    return new RunContext(
        folder, overwrite, dataDir, progress, stopRequested, payload, device, data, place);
  }

  /** Computes on a GPU if there is one. */
  public RunContext(
      Path folder,
      boolean overwrite,
      Optional<Path> dataDir,
      Progress progress,
      BooleanSupplier stopRequested,
      Optional<PayloadBits> payload) {
    this(folder, overwrite, dataDir, progress, stopRequested, payload, DeviceChoice.AUTO);
  }

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
