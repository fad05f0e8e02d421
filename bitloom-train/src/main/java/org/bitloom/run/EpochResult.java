package org.bitloom.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bitloom.model.ClassAccuracy;
import org.bitloom.model.WeightCounts;

/**
 * What an epoch came to: the part of its metrics that is the same each time the run is repeated.
 *
 * @param epoch 1..epochs of the run
 * @param train mean over the training samples while the epoch went over them
 * @param validation over the samples held out, if there are any
 * @param test over the test samples
 * @param testPerClass over the test samples of each class; unknown in lines of earlier versions
 * @param weights signs and zeros
 */
public record EpochResult(
    int epoch,
    Score train,
    Optional<Score> validation,
    Score test,
    ClassAccuracy testPerClass,
    WeightCounts weights) {
  private static final String EPOCH = "epoch";
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";
  private static final String TEST = "test";
  private static final String TEST_PER_CLASS = "testPerClass";
  private static final String TEST_BALANCED = "testBalancedAccuracy";
  private static final String LOSS = "Loss";
  private static final String ACCURACY = "Accuracy";
  private static final String NEGATIVE = "negative";
  private static final String ZERO = "zero";
  private static final String POSITIVE = "positive";

  /** By so much a network must be better than one that always names the same class. */
  private static final double LEARNED = 0.02;

  /**
   * How well a network did on some samples.
   *
   * @param loss mean softmax cross-entropy
   * @param accuracy share of samples classified right, 0..1
   */
  public record Score(double loss, double accuracy) {
    public Score {
      if (!Double.isFinite(loss)) {
        throw new IllegalArgumentException("loss must be finite, got " + loss);
      }
      if (!(accuracy >= 0 && accuracy <= 1)) {
        throw new IllegalArgumentException("accuracy must be 0..1, got " + accuracy);
      }
    }
  }

  public EpochResult {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be at least 1, got " + epoch);
    }
  }

  /** Does not know how well each class is recognized. */
  public EpochResult(
      int epoch, Score train, Optional<Score> validation, Score test, WeightCounts weights) {
    this(epoch, train, validation, test, ClassAccuracy.UNKNOWN, weights);
  }

  /** Returns what runs are ranked by: the samples held out, or else the test samples. */
  public Score decisive() {
    return validation.orElse(test);
  }

  /**
   * Says whether the network answers as if by chance, on the samples that it was trained on too:
   * one that always names the same class has a balanced accuracy of 1 / classes. False if the
   * classes were not looked at one by one.
   */
  public boolean isByChance() {
    long classes = testPerClass.shares().stream().filter(OptionalDouble::isPresent).count();
    double balanced = testPerClass.balanced().orElse(1);
    return classes > 1
        && balanced < 1.0 / classes + LEARNED
        && train.accuracy() < test.accuracy() + LEARNED;
  }

  /** Returns the result as a JSON object, to which others may add. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(EPOCH, (long) epoch);
    put(json, TRAIN, train);
    validation.ifPresent(score -> put(json, VALIDATION, score));
    put(json, TEST, test);
    if (testPerClass.isKnown()) {
      json.put(TEST_PER_CLASS, testPerClass.json());
    }
    testPerClass.balanced().ifPresent(accuracy -> json.put(TEST_BALANCED, accuracy));
    json.put(NEGATIVE, weights.negative());
    json.put(ZERO, weights.zero());
    json.put(POSITIVE, weights.positive());
    return json;
  }

  private static void put(Map<String, Object> json, String part, Score score) {
    json.put(part + LOSS, score.loss());
    json.put(part + ACCURACY, score.accuracy());
  }

  /**
   * Reads what {@link #json} returned, whatever else the object holds.
   *
   * @throws IllegalArgumentException if a key is missing or has the wrong type or range
   */
  public static EpochResult parse(Object json) {
    MetricsLine line = MetricsLine.of(json);
    boolean held = line.has(VALIDATION + LOSS) || line.has(VALIDATION + ACCURACY);
    return new EpochResult(
        line.integer(EPOCH),
        score(line, TRAIN),
        held ? Optional.of(score(line, VALIDATION)) : Optional.empty(),
        score(line, TEST),
        line.has(TEST_PER_CLASS)
            ? ClassAccuracy.parse(line.list(TEST_PER_CLASS))
            : ClassAccuracy.UNKNOWN,
        new WeightCounts(line.whole(NEGATIVE), line.whole(ZERO), line.whole(POSITIVE)));
  }

  private static Score score(MetricsLine line, String part) {
    return new Score(line.number(part + LOSS), line.number(part + ACCURACY));
  }
}
