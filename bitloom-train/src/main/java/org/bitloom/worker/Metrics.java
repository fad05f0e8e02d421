package org.bitloom.worker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of a run that a result keeps: all that are the same each time it is run. */
final class Metrics {
  private static final List<String> KEYS =
      List.of(
          "epoch",
          "trainLoss",
          "trainAccuracy",
          "validationLoss",
          "validationAccuracy",
          "testLoss",
          "testAccuracy",
          "negative",
          "zero",
          "positive");

  private Metrics() {}

  /** Returns those metrics of a line of metrics.jsonl, or of a result. */
  static Map<String, Object> of(Map<?, ?> line) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (String key : KEYS) {
      if (line.get(key) instanceof Number number) {
        metrics.put(key, number);
      }
    }
    return metrics;
  }
}
