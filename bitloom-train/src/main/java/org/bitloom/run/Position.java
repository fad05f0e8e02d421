package org.bitloom.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
  final List<Object> metrics = new ArrayList<>();

  /** Begins the next epoch. */
  void next(Map<String, Object> line) {
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

  /** Adds the times of the steps to JSON. */
  void addTimes(Map<String, Object> json) {
    json.put("trainSeconds", trainSeconds);
    json.put("dataSeconds", dataSeconds);
    json.put("updateSeconds", updateSeconds);
  }

  Map<String, Object> print() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", (long) epoch);
    json.put("batch", (long) batch);
    json.put("lossSum", lossSum);
    json.put("correct", correct);
    json.put("seconds", seconds);
    addTimes(json);
    json.put("metrics", metrics);
    return json;
  }

  static Position parse(Map<?, ?> json) {
    Position position = new Position();
    position.epoch = Math.toIntExact((Long) json.get("epoch"));
    position.batch = Math.toIntExact((Long) json.get("batch"));
    position.lossSum = ((Number) json.get("lossSum")).doubleValue();
    position.correct = (Long) json.get("correct");
    position.seconds = ((Number) json.get("seconds")).doubleValue();
    position.trainSeconds = ((Number) json.get("trainSeconds")).doubleValue();
    position.dataSeconds = ((Number) json.get("dataSeconds")).doubleValue();
    position.updateSeconds = ((Number) json.get("updateSeconds")).doubleValue();
    position.metrics.addAll((List<?>) json.get("metrics"));
    return position;
  }
}
