package org.bitloom.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run has come: the epoch it is in, what that epoch saw so far, the lines of those
 * before.
 */
final class Position {
  /** Epoch in progress, 1..epochs; epochs + 1 when all are done. */
  int epoch = 1;

  /** Batches of the epoch already trained on. */
  int batch;

  /** Sum of the losses of the epoch's samples. */
  double lossSum;

  /** Correct samples of the epoch. */
  long correct;

  /** Time the epoch took so far, evaluation included. */
  double seconds;

  /** Time of that spent in training steps, with their data and updates. */
  double trainSeconds;

  /** Time of the steps spent waiting for data. */
  double dataSeconds;

  /** Time of the steps spent updating parameters. */
  double updateSeconds;

  /** Lines of metrics.jsonl, one per finished epoch. */
  final List<EpochMetrics> metrics = new ArrayList<>();

  /** Begins the next epoch. */
  void next(EpochMetrics line) {
    metrics.add(line);
    epoch++;
    batch = 0;
    lossSum = 0;
    correct = 0;
    seconds = 0;
    trainSeconds = 0;
    dataSeconds = 0;
    updateSeconds = 0;
  }

  /** Returns the line of the last finished epoch. */
  Optional<EpochMetrics> last() {
    return metrics.isEmpty() ? Optional.empty() : Optional.of(metrics.get(metrics.size() - 1));
  }

  Map<String, Object> print() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", (long) epoch);
    json.put("batch", (long) batch);
    json.put("lossSum", lossSum);
    json.put("correct", correct);
    json.put(EpochSeconds.ALL, seconds);
    json.put(EpochSeconds.TRAIN, trainSeconds);
    json.put(EpochSeconds.DATA, dataSeconds);
    json.put(EpochSeconds.UPDATE, updateSeconds);
    json.put("metrics", metrics.stream().map(EpochMetrics::json).toList());
    return json;
  }

  /**
   * Reads what {@link #print} returned.
   *
   * @param epochs of the run
   * @throws IllegalArgumentException if a key is missing, has the wrong type, or a value that no
   *     run has
   */
  static Position parse(Object json, int epochs) {
    MetricsLine line = MetricsLine.of(json);
    Position position = new Position();
    position.epoch = (int) within(1, line.whole("epoch"), epochs + 1L, "epoch");
    position.batch = (int) within(0, line.whole("batch"), Integer.MAX_VALUE, "batch");
    position.lossSum = line.number("lossSum");
    position.correct = within(0, line.whole("correct"), Long.MAX_VALUE, "correct");
    position.seconds = line.number(EpochSeconds.ALL);
    position.trainSeconds = line.number(EpochSeconds.TRAIN);
    position.dataSeconds = line.number(EpochSeconds.DATA);
    position.updateSeconds = line.number(EpochSeconds.UPDATE);
    for (Object epoch : line.list("metrics")) {
      position.metrics.add(EpochMetrics.parse(epoch));
    }
    within(position.epoch - 1L, position.metrics.size(), position.epoch - 1L, "finished epochs");
    return position;
  }

  private static long within(long least, long value, long most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be " + least + ".." + most + ", got " + value);
    }
    return value;
  }
}
