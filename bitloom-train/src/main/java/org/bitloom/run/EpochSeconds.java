package org.bitloom.run;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long an epoch took, in seconds; a part is empty in lines of versions that did not measure it.
 *
 * @param all of the epoch, evaluation included
 * @param train of that spent in training steps, with their data and updates
 * @param data of the steps spent waiting for data
 * @param update of the steps spent updating parameters
 * @param imagesPerSecond trained on in the steps
 */
public record EpochSeconds(
    double all,
    OptionalDouble train,
    OptionalDouble data,
    OptionalDouble update,
    OptionalDouble imagesPerSecond) {
  static final String ALL = "seconds";
  static final String TRAIN = "trainSeconds";
  static final String DATA = "dataSeconds";
  static final String UPDATE = "updateSeconds";
  private static final String SPEED = "imagesPerSecond";

  /** Adds the times to a line of metrics. */
  void addTo(Map<String, Object> json) {
    json.put(ALL, all);
    train.ifPresent(seconds -> json.put(TRAIN, seconds));
    data.ifPresent(seconds -> json.put(DATA, seconds));
    update.ifPresent(seconds -> json.put(UPDATE, seconds));
    imagesPerSecond.ifPresent(images -> json.put(SPEED, images));
  }

  static EpochSeconds parse(MetricsLine line) {
    return new EpochSeconds(
        line.number(ALL),
        line.optional(TRAIN),
        line.optional(DATA),
        line.optional(UPDATE),
        line.optional(SPEED));
  }
}
