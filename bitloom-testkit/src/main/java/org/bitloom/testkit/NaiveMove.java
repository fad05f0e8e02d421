package org.bitloom.testkit;

/** One number's own optimizer with its own state: turns gradients into moves. */
interface NaiveMove {
  /**
   * Takes the next gradient of the number into the state.
   *
   * @return what is to be subtracted from the number
   */
  double next(double gradient, double learningRate);

  /**
   * Adam in the Keras form: the bias correction sits in the rate and epsilon stays outside it.
   *
   * @param epsilon added to sqrt(v); above 0
   */
  static NaiveMove adam(double epsilon) {
    return new Adam(epsilon);
  }

  /**
   * Gradient descent with momentum; the buffer does not contain the learning rate.
   *
   * @param momentum 0 (none) to below 1
   */
  static NaiveMove sgd(double momentum) {
    return new Sgd(momentum);
  }

  /** State m, v and the step count. */
  final class Adam implements NaiveMove {
    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    static final double EPSILON = 1e-7;

    private final double epsilon;
    private double m;
    private double v;
    private int steps;

    private Adam(double epsilon) {
      this.epsilon = epsilon;
    }

    @Override
    public double next(double gradient, double learningRate) {
      steps++;
      m = BETA1 * m + (1 - BETA1) * gradient;
      v = BETA2 * v + (1 - BETA2) * gradient * gradient;
      double corrected =
          learningRate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
      return corrected * m / (Math.sqrt(v) + epsilon);
    }
  }

  /** State: the momentum buffer. */
  final class Sgd implements NaiveMove {
    private final double momentum;
    private double buffer;

    private Sgd(double momentum) {
      this.momentum = momentum;
    }

    @Override
    public double next(double gradient, double learningRate) {
      buffer = momentum * buffer + gradient;
      return learningRate * buffer;
    }
  }
}
