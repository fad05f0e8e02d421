package org.bitloom.update;

/** The optimizer that moves latents and float parameters. */
public sealed interface Method {
  /** Returns the name users write: {@code adam} or {@code sgd}. */
  String label();

  /**
   * Returns how strongly parameters that are trained as floats are pulled towards zero; 0 or more,
   * 0 = not at all. Bits have no size to decay.
   */
  double weightDecay();

  /** Returns the same with another weight decay. */
  Method withWeightDecay(double weightDecay);

  /** Returns Adam with the settings of the published experiments. */
  static Method adam() {
    return new Adam(0.9f, 0.999f, 1e-7f);
  }

  /** Returns SGD with momentum 0.9. */
  static Method sgd() {
    return new Sgd(0.9f);
  }

  /**
   * Adam in the form of Keras: the rate is corrected for the bias of both moments, and eps is added
   * to the uncorrected root. Weight decay is decoupled: floats shrink by {@code rate * weightDecay}
   * of themselves before the move, whatever their gradient.
   *
   * @param beta1 decay of the first moment, 0..1 exclusive
   * @param beta2 decay of the second moment, 0..1 exclusive
   * @param eps added to the root of the second moment, above 0
   * @param weightDecay of floats, 0 or more
   * @see <a href="https://arxiv.org/abs/1412.6980">Adam, section 2 (last paragraph)</a>
   * @see <a href="https://arxiv.org/abs/1711.05101">Decoupled weight decay, algorithm 2</a>
   */
  record Adam(float beta1, float beta2, float eps, double weightDecay) implements Method {
    public Adam {
      checkShare("beta1", beta1);
      checkShare("beta2", beta2);
      if (!(eps > 0)) {
        throw new IllegalArgumentException("eps must be above 0, got " + eps);
      }
      checkDecay(weightDecay);
    }

    /** Lets floats keep their size. */
    public Adam(float beta1, float beta2, float eps) {
      this(beta1, beta2, eps, 0);
    }

    /**
     * Returns the rate corrected for the bias of both moments.
     *
     * @param rate learning rate
     * @param step 1 for the first
     */
    public float correctedRate(double rate, long step) {
      double bias1 = 1 - StrictMath.pow(beta1, (double) step);
      double bias2 = 1 - StrictMath.pow(beta2, (double) step);
      return (float) (rate * Math.sqrt(bias2) / bias1);
    }

    @Override
    public String label() {
      return "adam";
    }

    @Override
    public Method withWeightDecay(double newDecay) {
      return new Adam(beta1, beta2, eps, newDecay);
    }
  }

  /**
   * Gradient descent with momentum, as PyTorch defines it: {@code g += weightDecay*x} for floats,
   * {@code m = momentum*m + g; x -= rate*m}; with Nesterov's momentum {@code x -= rate*(g +
   * momentum*m)}.
   *
   * @param momentum 0..1 exclusive; 0 is plain gradient descent
   * @param nesterov whether the move looks ahead to where momentum alone would lead
   * @param weightDecay of floats, 0 or more
   */
  record Sgd(float momentum, boolean nesterov, double weightDecay) implements Method {
    public Sgd {
      checkShare("momentum", momentum);
      checkDecay(weightDecay);
    }

    /** Does not look ahead, and lets floats keep their size. */
    public Sgd(float momentum) {
      this(momentum, false, 0);
    }

    @Override
    public String label() {
      return "sgd";
    }

    @Override
    public Method withWeightDecay(double newDecay) {
      return new Sgd(momentum, nesterov, newDecay);
    }
  }

  private static void checkShare(String name, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to below 1, got " + value);
    }
  }

  private static void checkDecay(double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("weight decay must be 0 or more, got " + value);
    }
  }
}
