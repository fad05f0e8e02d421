package org.bitloom.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run tells of an epoch: one line of metrics.jsonl.
 *
 * @param learningRate in force
 * @param result what the epoch came to
 * @param flips bits that changed in the epoch, per plane, least significant first, sign last; empty
 *     if no weight has bits
 * @param seconds how long the epoch took
 * @param drift at the end of the epoch, if it is steered to a share of zeros
 */
public record EpochMetrics(
    double learningRate,
    EpochResult result,
    List<Long> flips,
    EpochSeconds seconds,
    OptionalDouble drift) {
  private static final String DRIFT = "drift";
  private static final String LEARNING_RATE = "learningRate";
  private static final String FLIPS = "flips";

  public EpochMetrics {
    flips = List.copyOf(flips);
  }

  /** Tells of an epoch whose drift was not steered. */
  public EpochMetrics(
      double learningRate, EpochResult result, List<Long> flips, EpochSeconds seconds) {
    this(learningRate, result, flips, seconds, OptionalDouble.empty());
  }

  /** Returns the number of the epoch, 1..epochs of the run. */
  public int epoch() {
    return result.epoch();
  }

  /** Returns the line as a JSON object, to which others may add. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    result
        .json()
        .forEach(
            (key, value) -> {
              json.put(key, value);
              json.putIfAbsent(LEARNING_RATE, learningRate); // it stands behind the epoch
            });
    drift.ifPresent(steered -> json.put(DRIFT, steered));
    json.put(FLIPS, flips);
    seconds.addTo(json);
    return json;
  }

  /**
   * Reads what {@link #json} returned. Keys that a newer version adds do not matter.
   *
   * @throws IllegalArgumentException if a key is missing or has the wrong type or range
   */
  public static EpochMetrics parse(Object json) {
    MetricsLine line = MetricsLine.of(json);
    return new EpochMetrics(
        line.number(LEARNING_RATE),
        EpochResult.parse(json),
        line.counts(FLIPS),
        EpochSeconds.parse(line),
        line.has(DRIFT) ? OptionalDouble.of(line.number(DRIFT)) : OptionalDouble.empty());
  }
}
