package org.bitloom.worker;

import java.util.Map;
import org.bitloom.run.EpochResult;

/**
 * How a run of a sweep ended: one line of results.jsonl.
 *
 * <p>A line holds nothing that differs from one undisturbed run to the next: neither time nor
 * place.
 */
public sealed interface RunResult {
  /** The run that ended. */
  SweepRun run();

  /** Returns the line as a JSON object. */
  Map<String, Object> json();

  /**
   * A run that was trained to its end.
   *
   * @param result of the last epoch
   * @param modelSha256 checksum of its model file
   */
  record Finished(SweepRun run, EpochResult result, String modelSha256) implements RunResult {
    /** Returns the share of test samples classified right, 0..1. */
    public double testAccuracy() {
      return result.test().accuracy();
    }

    /** Returns what the best run is told by: the held-out samples, or else the test samples. */
    public double score() {
      return result.decisive().accuracy();
    }

    /** Returns the share of weights that are not zero, 0..1; 1 if the run has none. */
    public double nonZeroShare() {
      return 1 - result.weights().zeroShare();
    }

    @Override
    public Map<String, Object> json() {
      Map<String, Object> json = run.json();
      json.putAll(result.json());
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
  record Failed(SweepRun run, String error, String hint) implements RunResult {
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
  static RunResult parse(Object line) {
    SweepRun run = SweepRun.parse(line);
    Map<?, ?> map = (Map<?, ?>) line;
    if (map.get("error") instanceof String error) {
      return new Failed(run, error, String.valueOf(map.get("hint")));
    }
    return new Finished(run, EpochResult.parse(map), String.valueOf(map.get("modelSha256")));
  }
}
