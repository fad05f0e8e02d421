package org.bitloom.update;

import org.bitloom.update.kernel.AdamState;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.Staircase;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.UpdateKernels.Descent;

/** The moments of one gradient per weight, and the moves they make. */
sealed interface Moments {
  /** Takes in a gradient of the chunk's weights. */
  void accumulate(float[] gradient, Chunk chunk, UpdateKernels kernels);

  /** Moves latents of the chunk's weights; x[at] is the first. */
  void descend(float[] x, int at, Chunk chunk, UpdateKernels kernels, Descent descent);

  /** Takes in a gradient and moves one latent per weight by it; x[at] is the first. */
  default void move(
      float[] x, int at, float[] gradient, Chunk chunk, UpdateKernels kernels, Descent descent) {
    accumulate(gradient, chunk, kernels);
    descend(x, at, chunk, kernels, descent);
  }

  /**
   * Describes the move of a latent whose gradient is 2^exponent of the accumulated one.
   *
   * @param step the step, 1..
   * @param exponent at most 0
   */
  Descent descent(Step step, int exponent);

  void visit(String name, StateVisitor visitor);

  /** Returns moments of {@code weights} gradients, all zero. */
  static Moments of(Method method, int weights) {
    if (method instanceof Method.Adam adam) {
      return new AdamMoments(
          adam, new AdamState(adam.beta1(), adam.beta2(), new float[weights], new float[weights]));
    }
    return new SgdMoments((Method.Sgd) method, new float[weights]);
  }

  /**
   * What one step has in common for all weights of a tensor.
   *
   * @param number 1 for the first step
   * @param rate learning rate
   * @param pull subtracted from trained magnitude latents
   */
  record Step(long number, double rate, float pull) {}

  /**
   * Both moments of Adam. A latent whose gradient is 2^e of g has moments 2^e*m and 4^e*v, so its
   * Adam move is rate*m / (sqrt(v) + eps*2^-e): one pair serves every bit (docs/algorithm.md).
   */
  record AdamMoments(Method.Adam adam, AdamState state) implements Moments {
    @Override
    public void accumulate(float[] gradient, Chunk chunk, UpdateKernels kernels) {
      kernels.adamMoments(state, gradient, chunk);
    }

    @Override
    public void descend(float[] x, int at, Chunk chunk, UpdateKernels kernels, Descent descent) {
      kernels.adamDescend(x, at, state.m(), chunk, descent);
    }

    @Override
    public void move(
        float[] x, int at, float[] gradient, Chunk chunk, UpdateKernels kernels, Descent descent) {
      kernels.adam(x, at, state, gradient, chunk, descent);
    }

    @Override
    public Descent descent(Step step, int exponent) {
      double bias1 = 1 - StrictMath.pow(adam.beta1(), (double) step.number());
      double bias2 = 1 - StrictMath.pow(adam.beta2(), (double) step.number());
      float rate = (float) (step.rate() * Math.sqrt(bias2) / bias1);
      return new Descent(rate, adam.eps() * Staircase.powerOfTwo(-exponent), step.pull());
    }

    @Override
    public void visit(String name, StateVisitor visitor) {
      visitor.floats(name + ".m", state.m());
      visitor.floats(name + ".v", state.v());
    }
  }

  /** The moment of SGD: a latent whose gradient is 2^e of g moves by rate*2^e*m. */
  record SgdMoments(Method.Sgd sgd, float[] m) implements Moments {
    @Override
    public void accumulate(float[] gradient, Chunk chunk, UpdateKernels kernels) {
      kernels.sgdMoment(m, gradient, chunk, sgd.momentum());
    }

    @Override
    public void descend(float[] x, int at, Chunk chunk, UpdateKernels kernels, Descent descent) {
      kernels.sgdDescend(x, at, m, chunk, descent);
    }

    @Override
    public Descent descent(Step step, int exponent) {
      return new Descent((float) step.rate() * Staircase.powerOfTwo(exponent), 0, step.pull());
    }

    @Override
    public void visit(String name, StateVisitor visitor) {
      visitor.floats(name + ".m", m);
    }
  }
}
