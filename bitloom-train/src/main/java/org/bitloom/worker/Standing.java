package org.bitloom.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.run.Progress.BatchProgress;

/**
 * Where a run stands that a worker trains.
 *
 * @param secondsLeft it may still take
 * @param epoch at work, 1..epochs
 * @param loss mean training loss of the epoch so far
 * @param accuracy training accuracy of the epoch so far, 0..1
 */
public record Standing(double secondsLeft, int epoch, int epochs, double loss, double accuracy) {
  private static final String LEFT = "left";

  static Standing of(BatchProgress at, double secondsLeft) {
    return new Standing(secondsLeft, at.epoch(), at.epochs(), at.loss(), at.accuracy());
  }

  static boolean isIn(Map<?, ?> json) {
    return json.containsKey(LEFT);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(LEFT, secondsLeft);
    json.put("epoch", (long) epoch);
    json.put("epochs", (long) epochs);
    json.put("loss", loss);
    json.put("accuracy", accuracy);
    return json;
  }

  static Standing parse(Map<?, ?> json) {
    return new Standing(
        number(json, LEFT),
        (int) number(json, "epoch"),
        (int) number(json, "epochs"),
        number(json, "loss"),
        number(json, "accuracy"));
  }

  private static double number(Map<?, ?> json, String key) {
    return ((Number) json.get(key)).doubleValue();
  }
}
