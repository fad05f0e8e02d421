package org.bitloom.worker;

import java.util.Collections;
import java.util.Map;

/**
 * How a run of a sweep ended: one line of results.jsonl.
 *
 * <p>A line holds nothing that differs from one undisturbed run to the next: neither time nor
 * place.
 */
public sealed interface RunEnd {
  /** The run that ended. */
  SweepRun run();

  /** Returns the line as a JSON object. */
  Map<String, Object> json();

  /**
   * A run that was trained to its end.
   *
   * @param metrics of the last epoch, as in metrics.jsonl without its times
   * @param modelSha256 checksum of its model file
   */
  record Finished(SweepRun run, Map<String, Object> metrics, String modelSha256) implements RunEnd {
    private static final String TEST_ACCURACY = "testAccuracy";

    public Finished {
      metrics = Collections.unmodifiableMap(Metrics.of(metrics));
      if (!(metrics.get(TEST_ACCURACY) instanceof Double)) {
        throw new IllegalArgumentException(TEST_ACCURACY + " must be a number, got " + metrics);
      }
    }

    /** Returns the share of test samples classified right, 0..1. */
    public double testAccuracy() {
      return (Double) metrics.get(TEST_ACCURACY);
    }

    /** Returns what the best run is told by: the held-out samples, or else the test samples. */
    public double score() {
      return metrics.get("validationAccuracy") instanceof Double held ? held : testAccuracy();
    }

    /** Returns the share of weights that are not zero, 0..1; 1 if the run has counted none. */
    public double nonZeroShare() {
      double zero = count("zero");
      double all = zero + count("negative") + count("positive");
      return all > 0 ? 1 - zero / all : 1;
    }

    private double count(String key) {
      return metrics.get(key) instanceof Number count ? count.doubleValue() : 0;
    }

    @Override
    public Map<String, Object> json() {
      Map<String, Object> json = run.json();
      json.putAll(metrics);
      json.put("modelSha256", modelSha256);
      return json;
    }
  }

  /**
   * A run that could not be trained.
   *
   * @param error what must hold and what was found, one line
   * @param hint what to do next, one line
   */
  record Failed(SweepRun run, String error, String hint) implements RunEnd {
    @Override
    public Map<String, Object> json() {
      Map<String, Object> json = run.json();
      json.put("error", error);
      json.put("hint", hint);
      return json;
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static RunEnd parse(Object line) {
    SweepRun run = SweepRun.parse(line);
    Map<?, ?> map = (Map<?, ?>) line;
    if (map.get("error") instanceof String error) {
      return new Failed(run, error, String.valueOf(map.get("hint")));
    }
    return new Finished(run, Metrics.of(map), String.valueOf(map.get("modelSha256")));
  }
}
