package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The result of running a model over labelled samples.
 *
 * @param correct samples whose largest output is the label
 * @param total samples seen
 * @param loss mean softmax cross-entropy
 */
public record Evaluation(int correct, int total, double loss) {
  /** Returns the share of correct samples, 0..1. */
  public double accuracy() {
    return (double) correct / total;
  }

  /**
   * Evaluates a model file on the test part of a data set.
   *
   * @param model path of a model file whose network bitloom knows by name
   * @param data name of the data set; empty = the one it was trained on
   * @param dataDir folder to look in first
   * @param threads of the engine
   */
  public static Evaluation ofModel(
      Path model, Optional<String> data, Optional<Path> dataDir, int threads) throws IOException {
    throw new UnsupportedOperationException();
  }
}
