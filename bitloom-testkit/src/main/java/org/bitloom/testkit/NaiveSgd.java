package org.bitloom.testkit;

/**
 * Trains ordinary real parameters by gradient descent with momentum: {@code buffer = momentum *
 * buffer + g; x -= lr * buffer}. The learning rate is not part of the buffer.
 */
public final class NaiveSgd {
  private final NaiveFloats parameters;

  /**
   * Starts from a copy of {@code start}, buffers zero.
   *
   * @param momentum 0 (none) to below 1
   */
  public NaiveSgd(double[] start, double momentum) {
    parameters = new NaiveFloats(start, () -> NaiveMove.sgd(momentum));
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
