package org.bitloom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bitloom.cli.command.Library;
import org.bitloom.data.DataSets;
import org.bitloom.download.DownloadProgress;
import org.bitloom.model.ConfusionMatrix;
import org.bitloom.model.WeightCounts;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.EpochResult;
import org.bitloom.run.EpochResult.Score;
import org.bitloom.run.EpochSeconds;
import org.bitloom.run.Progress;
import org.bitloom.run.RunContext;
import org.bitloom.run.RunOutcome;
import org.bitloom.session.Evaluation;
import org.bitloom.session.Prediction;
import org.bitloom.session.engine.EngineFacts;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;

/** Pretends to train one epoch, and remembers what it was asked. */
public final class FakeLibrary implements Library {
  private final boolean finishes;
  private final RunSettings recorded;
  public RunSettings asked;
  public RunContext where;
  public Evaluation.Source evaluated;
  public DeviceChoice evaluatedOn;
  public EngineFacts engine;
  public EpochResult result =
      new EpochResult(
          1,
          new Score(0.25, 0.9),
          Optional.empty(),
          new Score(0.0712, 0.9781),
          new WeightCounts(25, 50, 25));
  public Function<DownloadProgress, DataSets> sets = DataSets::standard;

  /** Creates runs that finish or are stopped; {@code recorded} are the settings of any folder. */
  public FakeLibrary(boolean finishes, RunSettings recorded) {
    this.finishes = finishes;
    this.recorded = recorded;
  }

  @Override
  public RunOutcome start(RunSettings settings, RunContext context) {
    asked = settings;
    return run(settings, context, false);
  }

  @Override
  public RunSettings settings(Path folder) {
    return recorded;
  }

  @Override
  public RunOutcome resume(RunContext context) {
    return run(recorded, context, true);
  }

  private RunOutcome run(RunSettings settings, RunContext context, boolean resumed) {
    where = context;
    EpochSeconds seconds =
        new EpochSeconds(
            1.5,
            OptionalDouble.of(1.25),
            OptionalDouble.of(0.0125),
            OptionalDouble.of(0.25),
            OptionalDouble.of(48_000));
    EpochMetrics metrics = new EpochMetrics(9e-4, result, List.of(), seconds);
    context.progress().started(settings, context.folder(), 1);
    context.progress().batch(new Progress.BatchProgress(1, 1, 3, 10, 0.5, 0.75, 20_000, 125));
    context.progress().batch(new Progress.BatchProgress(1, 1, 9, 10, 0.4, 0.8, 20_000, 5));
    context.progress().epoch(metrics);
    Optional<Path> model = Optional.of(context.folder().resolve("model.safetensors"));
    return new RunOutcome(finishes, resumed, model.filter(path -> finishes), Optional.of(metrics));
  }

  @Override
  public Evaluation evaluate(
      Evaluation.Source source, Evaluation.Data data, int threads, DeviceChoice device) {
    evaluated = source;
    evaluatedOn = device;
    return new Evaluation(
        ConfusionMatrix.of(2, new long[] {4881, 119, 100, 4900}), 0.0712, List.of("cat", "dog"));
  }

  @Override
  public Evaluation evaluateInJava(Evaluation.Source source, Evaluation.Data data, int threads) {
    return evaluate(source, data, threads, null);
  }

  @Override
  public List<Prediction> predict(Evaluation.Source source, List<Path> images, int threads) {
    evaluated = source;
    return images.stream().map(FakeLibrary::cat).toList();
  }

  /** Takes every image for a cat, but does not find one that is called absent. */
  private static Prediction cat(Path image) {
    return image.endsWith("absent.png")
        ? new Prediction(image, List.of(), Optional.of("no such file"))
        : new Prediction(
            image,
            List.of(
                new Prediction.Candidate(0, "cat", 0.75), new Prediction.Candidate(1, "dog", 0.25)),
            Optional.empty());
  }

  @Override
  public List<DeviceChoice> shared(DeviceChoice device) {
    return List.of(device);
  }

  @Override
  public EngineFacts engine() {
    return engine;
  }

  @Override
  public DataSets dataSets(DownloadProgress progress) {
    return sets.apply(progress);
  }
}
