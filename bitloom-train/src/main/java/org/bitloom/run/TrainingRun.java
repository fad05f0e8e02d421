package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains a network and leaves a run folder. */
public final class TrainingRun {
  private TrainingRun() {}

  /**
   * How a run ended.
   *
   * @param finished false when it was stopped and can be resumed
   * @param resumed whether it went on from a checkpoint
   * @param model path of the model file; present when finished
   * @param metrics last line of metrics.jsonl; empty before the first epoch ended
   */
  public record Outcome(
      boolean finished, boolean resumed, Optional<Path> model, Map<String, Object> metrics) {}

  /** Where the run reads and writes, and who watches; none of it changes the result. */
  public record Surroundings(
      Path folder,
      boolean overwrite,
      Optional<Path> dataDir,
      Progress progress,
      BooleanSupplier stopRequested) {}

  /** Trains from the beginning into {@code surroundings.folder()}. */
  public static Outcome start(RunSettings settings, Surroundings surroundings) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Reads the settings of the run in {@code folder}. */
  public static RunSettings settings(Path folder) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Goes on with the run in {@code surroundings.folder()} exactly where its checkpoint stands. */
  public static Outcome resume(Surroundings surroundings) throws IOException {
    throw new UnsupportedOperationException();
  }
}
