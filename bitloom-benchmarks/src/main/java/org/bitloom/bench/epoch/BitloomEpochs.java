package org.bitloom.bench.epoch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitloom.bench.measure.HeapAllocation;
import org.bitloom.data.Augmentation;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.Progress;
import org.bitloom.run.RunContext;
import org.bitloom.run.TrainingRun;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.PhaseSchedule;
import org.bitloom.settings.RunSettings;

/**
 * Trains as {@code ./bitloom train} does: in a run folder, with checkpoints.
 *
 * @param name in the table
 * @param weights how they are trained
 * @param data name or folder of the data set
 * @param batch samples per step
 * @param threads of engine and update
 * @param folder of the run
 */
record BitloomEpochs(
    String name, RunSettings.Weights weights, String data, int batch, int threads, Path folder)
    implements EpochCompetitor {
  private static final double RATE = 9e-4;

  @Override
  public void train(int epochs, Consumer<EpochTimes> heard) throws IOException {
    RunSettings settings =
        new RunSettings(
            "lenet300",
            new DataSettings(data, 0, 0, Augmentation.NONE),
            weights,
            "adam",
            new PhaseSchedule(List.of(new PhaseSchedule.Phase(epochs, RATE))),
            batch,
            1,
            threads);
    TrainingRun.start(
        settings, new RunContext(folder, true, Optional.empty(), new Ear(heard), () -> false));
  }

  /** Turns lines of metrics into times. */
  private static final class Ear implements Progress {
    private final Consumer<EpochTimes> heard;
    private final HeapAllocation garbage = new HeapAllocation();

    Ear(Consumer<EpochTimes> heard) {
      this.heard = heard;
    }

    @Override
    public void started(RunSettings settings, Path folder, int firstEpoch) {}

    @Override
    public void batch(BatchProgress progress) {
      garbage.note(progress.batch());
    }

    @Override
    public void epoch(EpochMetrics metrics) {
      double seconds = metrics.seconds().all();
      double train = metrics.seconds().train().orElseThrow();
      double data = metrics.seconds().data().orElseThrow();
      double update = metrics.seconds().update().orElseThrow();
      heard.accept(
          new EpochTimes(
              seconds,
              data,
              train - data - update,
              update,
              seconds - train,
              garbage.perStep(),
              metrics.result().test().accuracy()));
      garbage.clear();
    }
  }
}
