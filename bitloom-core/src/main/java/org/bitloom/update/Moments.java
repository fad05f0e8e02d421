package org.bitloom.update;

import java.util.function.BiConsumer;
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
   * Describes the move of a latent whose gradient is 2^exponent of the accumulated one; without
   * pull.
   *
   * @param descent filled
   * @param step the step, 1..
   * @param rate learning rate
   * @param exponent at most 0
   */
  void prepare(Descent descent, long step, double rate, int exponent);

  /** Shows names and live arrays. */
  void visit(String name, BiConsumer<String, Object> arrays);

  /** Returns moments of {@code weights} gradients, all zero. */
  static Moments of(Method method, int weights) {
    if (method instanceof Method.Adam adam) {
      float[] m = new float[weights];
      float[] v = new float[weights];
      return new AdamMoments(adam, new AdamState(adam.beta1(), adam.beta2(), m, v));
    }
    return new SgdMoments((Method.Sgd) method, new float[weights]);
  }

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
    public void prepare(Descent descent, long step, double rate, int exponent) {
      descent.set(adam.correctedRate(rate, step), adam.eps() * Staircase.powerOfTwo(-exponent));
    }

    @Override
    public void visit(String name, BiConsumer<String, Object> arrays) {
      arrays.accept(name + ".m", state.m());
      arrays.accept(name + ".v", state.v());
    }
  }

  /**
   * The moment of SGD: a latent whose gradient is 2^e of g moves by rate*2^e*m, or with Nesterov's
   * momentum by rate*2^e*(momentum*m + g).
   */
  record SgdMoments(Method.Sgd sgd, float[] m) implements Moments {
    @Override
    public void accumulate(float[] gradient, Chunk chunk, UpdateKernels kernels) {
      kernels.sgdMoment(m, gradient, chunk, sgd.momentum());
      if (sgd.nesterov()) {
        kernels.sgdAhead(m, gradient, chunk, sgd.momentum());
      }
    }

    @Override
    public void descend(float[] x, int at, Chunk chunk, UpdateKernels kernels, Descent descent) {
      if (sgd.nesterov()) {
        kernels.sgdDescendAhead(x, at, chunk, descent);
      } else {
        kernels.sgdDescend(x, at, m, chunk, descent);
      }
    }

    @Override
    public void prepare(Descent descent, long step, double rate, int exponent) {
      descent.set((float) rate * Staircase.powerOfTwo(exponent), 0);
    }

    @Override
    public void visit(String name, BiConsumer<String, Object> arrays) {
      arrays.accept(name + ".m", m);
    }
  }
}
