package org.bitloom.update;

/** The optimizer that moves latents and float parameters. */
public sealed interface Method {
  /** Returns the name users write: {@code adam} or {@code sgd}. */
  String label();

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
   * to the uncorrected root.
   *
   * @param beta1 decay of the first moment, 0..1 exclusive
   * @param beta2 decay of the second moment, 0..1 exclusive
   * @param eps added to the root of the second moment, above 0
   * @see <a href="https://arxiv.org/abs/1412.6980">Adam, section 2 (last paragraph)</a>
   */
  record Adam(float beta1, float beta2, float eps) implements Method {
    public Adam {
      checkShare("beta1", beta1);
      checkShare("beta2", beta2);
      if (!(eps > 0)) {
        throw new IllegalArgumentException("eps must be above 0, got " + eps);
      }
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
  }

  /**
   * Gradient descent with momentum: {@code m = momentum*m + g; x -= rate*m}.
   *
   * @param momentum 0..1 exclusive; 0 is plain gradient descent
   */
  record Sgd(float momentum) implements Method {
    public Sgd {
      checkShare("momentum", momentum);
    }

    @Override
    public String label() {
      return "sgd";
    }
  }

  private static void checkShare(String name, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to below 1, got " + value);
    }
  }
}
