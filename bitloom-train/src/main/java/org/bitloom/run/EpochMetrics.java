package org.bitloom.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run tells of an epoch: one line of metrics.jsonl.
 *
 * @param learningRate in force
 * @param result what the epoch came to
 * @param flips bits that changed in the epoch, per plane, least significant first, sign last; empty
 *     if no weight has bits
 * @param seconds how long the epoch took
 */
public record EpochMetrics(
    double learningRate, EpochResult result, List<Long> flips, EpochSeconds seconds) {
  private static final String LEARNING_RATE = "learningRate";
  private static final String FLIPS = "flips";

  public EpochMetrics {
    flips = List.copyOf(flips);
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
        EpochSeconds.parse(line));
  }
}
