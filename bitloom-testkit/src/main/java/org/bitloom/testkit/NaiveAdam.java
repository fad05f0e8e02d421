package org.bitloom.testkit;

/**
 * Trains ordinary real parameters with Adam as docs/algorithm.md states it: beta 0.9 and 0.999,
 * epsilon 1e-7, {@code x -= lr * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon)}.
 */
public final class NaiveAdam {
  private final NaiveFloats parameters;

  /** Starts from a copy of {@code start}, moments zero. */
  public NaiveAdam(double[] start) {
    parameters = new NaiveFloats(start, () -> NaiveMove.adam(NaiveMove.Adam.EPSILON));
  }

  /** Returns a copy of the parameters. */
  public double[] values() {
    return parameters.values();
  }

  /** Moves every parameter by its gradient. */
  public void step(double[] gradient, double learningRate) {
    parameters.step(gradient, learningRate);
  }
}
