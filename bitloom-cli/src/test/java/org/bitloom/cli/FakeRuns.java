package org.bitloom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.cli.command.Runs;
import org.bitloom.data.DataSets;
import org.bitloom.download.DownloadProgress;
import org.bitloom.run.Progress;
import org.bitloom.run.TrainingRun.Outcome;
import org.bitloom.run.TrainingRun.Surroundings;
import org.bitloom.session.Evaluation;
import org.bitloom.settings.RunSettings;

/** Pretends to train one epoch, and remembers what it was asked. */
public final class FakeRuns implements Runs {
  private final boolean finishes;
  private final RunSettings recorded;
  public RunSettings asked;
  public Surroundings where;
  public Evaluation.Source evaluated;
  public Function<DownloadProgress, DataSets> sets = DataSets::standard;

  /** Creates runs that finish or are stopped; {@code recorded} are the settings of any folder. */
  public FakeRuns(boolean finishes, RunSettings recorded) {
    this.finishes = finishes;
    this.recorded = recorded;
  }

  @Override
  public Outcome start(RunSettings settings, Surroundings surroundings) {
    asked = settings;
    return run(settings, surroundings, false);
  }

  @Override
  public RunSettings settings(Path folder) {
    return recorded;
  }

  @Override
  public Outcome resume(Surroundings surroundings) {
    return run(recorded, surroundings, true);
  }

  private Outcome run(RunSettings settings, Surroundings surroundings, boolean resumed) {
    where = surroundings;
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("epoch", 1L);
    metrics.put("trainLoss", 0.25);
    metrics.put("trainAccuracy", 0.9);
    metrics.put("testAccuracy", 0.9781);
    metrics.put("negative", 25L);
    metrics.put("zero", 50L);
    metrics.put("positive", 25L);
    metrics.put("seconds", 1.5);
    metrics.put("trainSeconds", 1.25);
    metrics.put("dataSeconds", 0.0125);
    metrics.put("updateSeconds", 0.25);
    metrics.put("imagesPerSecond", 48_000.0);
    surroundings.progress().started(settings, surroundings.folder(), 1);
    surroundings.progress().batch(new Progress.BatchProgress(1, 1, 3, 10, 0.5, 0.75, 20_000, 125));
    surroundings.progress().batch(new Progress.BatchProgress(1, 1, 9, 10, 0.4, 0.8, 20_000, 5));
    surroundings.progress().epoch(metrics);
    Optional<Path> model = Optional.of(surroundings.folder().resolve("model.safetensors"));
    return new Outcome(finishes, resumed, model.filter(path -> finishes), metrics);
  }

  @Override
  public Evaluation evaluate(Evaluation.Source source, Evaluation.Data data, int threads) {
    evaluated = source;
    return new Evaluation(9781, 10_000, 0.0712);
  }

  @Override
  public DataSets dataSets(DownloadProgress progress) {
    return sets.apply(progress);
  }
}
