package org.bitloom.optimizer;

/** Moves an array of latents by their gradients, with state of its own for each of them. */
interface AutogradMove {
  void step(double[] latents, float[] gradient, double rate);

  /** Adam in the Keras form. */
  static AutogradMove adam(double eps) {
    return new AutogradMove() {
      private double[] m;
      private double[] v;
      private int steps;

      @Override
      public void step(double[] latents, float[] gradient, double rate) {
        if (m == null) {
          m = new double[latents.length];
          v = new double[latents.length];
        }
        steps++;
        double corrected =
            rate * Math.sqrt(1 - Math.pow(0.999, steps)) / (1 - Math.pow(0.9, steps));
        for (int i = 0; i < latents.length; i++) {
          double g = gradient[i];
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.999 * v[i] + 0.001 * g * g;
          latents[i] -= corrected * m[i] / (Math.sqrt(v[i]) + eps);
        }
      }
    };
  }

  /** Gradient descent with momentum 0.9. */
  static AutogradMove sgd() {
    return new AutogradMove() {
      private double[] m;

      @Override
      public void step(double[] latents, float[] gradient, double rate) {
        if (m == null) {
          m = new double[latents.length];
        }
        for (int i = 0; i < latents.length; i++) {
          m[i] = 0.9 * m[i] + gradient[i];
          latents[i] -= rate * m[i];
        }
      }
    };
  }
}
