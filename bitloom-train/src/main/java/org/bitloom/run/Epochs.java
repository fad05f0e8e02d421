package org.bitloom.run;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bitloom.bits.RandomStreams;
import org.bitloom.data.DataSet;
import org.bitloom.error.FailureException;
import org.bitloom.model.Normalization;
import org.bitloom.run.EpochResult.Score;
import org.bitloom.run.Progress.BatchProgress;
import org.bitloom.session.Evaluation;
import org.bitloom.session.Session;
import org.bitloom.session.TrainingTask;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.session.batch.RefusedBatchException;
import org.bitloom.session.batch.Samples;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.NonFiniteGradientException;

/** The loop over epochs and batches, with its checkpoints and lines of metrics. */
final class Epochs {
  /** Work that a kill may cost, at most. */
  private static final long CHECKPOINT_NANOS = 60_000_000_000L;

  private static final long PROGRESS_NANOS = 200_000_000L;
  private static final double NANO = 1e-9;

  private final RunSettings settings;
  private final RunContext context;
  private final RunFolder folder;
  private final DataSet data;
  private final Samples samples;
  private final Session session;
  private final ImageFeed trainFeed;
  private final ImageFeed validationFeed;
  private final ImageFeed testFeed;
  private final int batches;
  private Optional<RunEnd> end = Optional.empty();
  private long checkpointed = System.nanoTime();
  private long reported;

  Epochs(TrainingTask task, RunContext context, RunFolder folder, Session session) {
    this.settings = task.settings();
    this.context = context;
    this.folder = folder;
    this.data = task.data();
    this.samples = task.samples();
    this.session = session;
    this.batches = task.batches();
    Normalization normalization = task.normalization();
    this.trainFeed = new ImageFeed(data.train(), normalization, settings.data().augmentation());
    this.validationFeed = new ImageFeed(data.train(), normalization);
    this.testFeed = new ImageFeed(data.test(), normalization);
  }

  /**
   * Measures the network that the run starts from, and tells the result: a trained network that
   * does badly here is fed something else than it was trained on.
   */
  double measureFirst() {
    double accuracy =
        session.evaluate(testFeed, Session.everySample(data.test().count())).accuracy();
    boolean guesses = accuracy * data.test().classes() < 2;
    context
        .progress()
        .notice(
            String.format(
                Locale.ROOT,
                "before the first step: test accuracy %.2f %%%s",
                100 * accuracy,
                guesses
                    ? ", little more than guessing: is it fed what it knows? See --input"
                    : ""));
    return accuracy;
  }

  /** Returns what the last epoch of this process came to, beyond its line of metrics. */
  Optional<RunEnd> end() {
    return end;
  }

  /** Runs to the end, or until a stop is requested; returns whether the end was reached. */
  boolean run(Position position) throws IOException {
    try (Prefetch prefetch = session.prefetch(trainFeed, settings.batch())) {
      return run(position, prefetch);
    } catch (RuntimeException e) {
      throw session.explained(e, settings.batch()); // the last checkpoint stays
    }
  }

  private boolean run(Position position, Prefetch prefetch) throws IOException {
    while (position.epoch <= settings.schedule().epochs()) {
      boolean ended = epoch(position, prefetch);
      save(position);
      if (!ended) {
        return false;
      }
    }
    return true;
  }

  private void save(Position position) throws IOException {
    look(position);
    folder.checkpoint().save(session, position, settings);
    folder.writeMetrics(position.metrics);
    checkpointed = System.nanoTime();
  }

  private boolean epoch(Position position, Prefetch prefetch) throws IOException {
    int[] order = samples.order(settings.seed(), position.epoch);
    trainFeed.beginEpoch(settings.seed(), position.epoch);
    prefetch.begin(order, position.batch);
    double secondsBefore = position.seconds;
    long begin = System.nanoTime();
    while (position.batch < batches) {
      step(prefetch, position);
      position.seconds = secondsBefore + (System.nanoTime() - begin) * NANO;
      if (context.stopRequested().getAsBoolean()) {
        return false;
      }
      report(position);
      if (System.nanoTime() - checkpointed > CHECKPOINT_NANOS) {
        save(position);
      }
    }
    look(position);
    position.seconds = secondsBefore + (System.nanoTime() - begin) * NANO;
    EpochResult result = measure(position);
    EpochSeconds seconds =
        new EpochSeconds(
            secondsBefore + (System.nanoTime() - begin) * NANO,
            OptionalDouble.of(position.trainSeconds),
            OptionalDouble.of(position.dataSeconds),
            OptionalDouble.of(position.updateSeconds),
            OptionalDouble.of(seenSamples(position) / position.trainSeconds));
    double rate = settings.schedule().rate((long) position.epoch * batches, batches);
    EpochMetrics line =
        new EpochMetrics(
            rate, result, session.bits().flips(), seconds, session.state().steeredDrift());
    position.next(line);
    context.progress().epoch(line);
    return true;
  }

  private void step(Prefetch prefetch, Position position) {
    long begin = System.nanoTime();
    Batch batch = prefetch.next();
    long ready = System.nanoTime();
    long updateBegin = session.updateNanos();
    long number = (long) (position.epoch - 1) * batches + position.batch + 1;
    int engineSeed = (int) RandomStreams.mix(settings.seed(), number);
    String place = "in epoch " + position.epoch + ", batch " + (position.batch + 1);
    try {
      session.step(batch, engineSeed);
    } catch (NonFiniteGradientException e) {
      throw diverged(e.getMessage() + ", " + place);
    } catch (RefusedBatchException e) {
      throw refused(e, batch.count(), place);
    }
    position.batch++;
    if (session.seesEveryStep()) {
      look(position);
    }
    position.dataSeconds += (ready - begin) * NANO;
    position.updateSeconds += (session.updateNanos() - updateBegin) * NANO;
    position.trainSeconds += (System.nanoTime() - begin) * NANO;
  }

  /** Takes in what the last steps saw; on a device this waits for them. */
  private void look(Position position) {
    String place = "in epoch " + position.epoch + ", batch " + position.batch;
    Session.Seen seen;
    try {
      seen = session.seen();
    } catch (NonFiniteGradientException e) {
      throw diverged(e.getMessage() + ", found " + place);
    }
    requireFinite(seen.lossSum() / Math.max(1, seen.samples()), place);
    position.lossSum += seen.lossSum();
    position.correct += seen.correct();
  }

  private static void requireFinite(double loss, String place) {
    if (!Double.isFinite(loss)) {
      throw diverged("loss must be finite, got " + loss + " " + place);
    }
  }

  /** Some layers refuse some batches: a norm over whole samples needs more than one of them. */
  private static FailureException refused(RefusedBatchException e, int count, String place) {
    FailureException failure =
        new FailureException(
            "the network must take every batch, that of "
                + count
                + " images "
                + place
                + " failed: "
                + e.getMessage(),
            "choose --batch or --limit so that no batch is smaller than the network needs");
    failure.initCause(e);
    return failure;
  }

  private static FailureException diverged(String message) {
    return new FailureException(message, "the run diverged: lower the learning rate");
  }

  private long seenSamples(Position position) {
    return Math.min((long) position.batch * settings.batch(), samples.training().length);
  }

  private void report(Position position) {
    long now = System.nanoTime();
    if (now - reported < PROGRESS_NANOS) {
      return;
    }
    reported = now;
    look(position);
    int epochs = settings.schedule().epochs();
    double perBatch = position.seconds / position.batch;
    double left = (double) (epochs - position.epoch) * batches + batches - position.batch;
    long seen = seenSamples(position);
    BatchProgress at =
        new BatchProgress(
            position.epoch,
            epochs,
            position.batch,
            batches,
            position.lossSum / seen,
            (double) position.correct / seen,
            seen / position.seconds,
            left * perBatch);
    folder.progress().tell(at);
    context.progress().batch(at);
  }

  private EpochResult measure(Position position) {
    long seen = seenSamples(position);
    Score train = new Score(position.lossSum / seen, (double) position.correct / seen);
    Optional<Score> validation =
        samples.validation().length == 0
            ? Optional.empty()
            : Optional.of(
                score(evaluate("validation", validationFeed, samples.validation(), position)));
    Evaluation test =
        evaluate("test", testFeed, Session.everySample(data.test().count()), position);
    end = Optional.of(new RunEnd(test, data.test()));
    return new EpochResult(
        position.epoch,
        train,
        validation,
        score(test),
        test.answers().perClass(),
        session.bits().endEpoch());
  }

  private Evaluation evaluate(String part, ImageFeed feed, int[] order, Position position) {
    Evaluation found = session.evaluate(feed, order);
    requireFinite(found.loss(), "on the " + part + " samples after epoch " + position.epoch);
    return found;
  }

  private static Score score(Evaluation found) {
    return new Score(found.loss(), found.accuracy());
  }
}
