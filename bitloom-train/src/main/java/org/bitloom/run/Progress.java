package org.bitloom.run;

import java.nio.file.Path;
import java.util.List;
import org.bitloom.download.DownloadProgress;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.ParameterSpec;

/** Hears of a run while it works; called on the training thread, so it must return quickly. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void started(RunSettings settings, Path folder, int firstEpoch) {}

        @Override
        public void batch(BatchProgress progress) {}

        @Override
        public void epoch(EpochMetrics metrics) {}
      };

  /** Hears of the data being downloaded, before the run begins. */
  default DownloadProgress downloads() {
    return DownloadProgress.NONE;
  }

  /**
   * Tells in a plain line of data that take a while, or of images left out, before the run begins.
   */
  default void notice(String line) {}

  /** The run begins, or goes on, with epoch {@code firstEpoch}. */
  void started(RunSettings settings, Path folder, int firstEpoch);

  /** After {@link #started}: what is trained, bit by bit or as floats, in layer order. */
  default void parameters(List<ParameterSpec> trained) {}

  /** A few times a second: where the run stands. */
  void batch(BatchProgress progress);

  /** An epoch ended; {@code metrics} is its line of metrics.jsonl. */
  void epoch(EpochMetrics metrics);

  /**
   * Where a run stands inside an epoch.
   *
   * @param epoch 1..epochs
   * @param epochs of the whole run
   * @param batch batches done in this epoch
   * @param batches of an epoch
   * @param loss mean training loss of this epoch so far
   * @param accuracy training accuracy of this epoch so far, 0..1
   * @param imagesPerSecond since the epoch began
   * @param secondsLeft estimate for the whole run
   */
  record BatchProgress(
      int epoch,
      int epochs,
      int batch,
      int batches,
      double loss,
      double accuracy,
      double imagesPerSecond,
      double secondsLeft) {}
}
