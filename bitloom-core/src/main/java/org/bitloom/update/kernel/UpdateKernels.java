package org.bitloom.update.kernel;

import java.util.Optional;

/**
 * The inner loops of an update, each over the weights of one chunk.
 *
 * <p>Every twin computes the same float operations in the same order, none of them fused, so all
 * give the same bits. Arrays of the whole tensor are indexed by {@code chunk.from + i}, arrays of
 * the chunk by i.
 */
public interface UpdateKernels {
  /**
   * Values below about 6e-28 (first moment) and 3e-38 (second) are rounded away by adding and
   * subtracting these, so that moments of silent weights never become denormal numbers, which cost
   * a hundred times the time of normal ones.
   */
  float FIRST_MOMENT_FLOOR = 1e-20f;

  /** See {@link #FIRST_MOMENT_FLOOR}. */
  float SECOND_MOMENT_FLOOR = 1e-30f;

  /** Returns the name users write: {@code scalar} or {@code vector}. */
  String name();

  /** Returns why these kernels are slow in this process, and what to change; empty = they fit. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /**
   * Says whether the values from {@code from} to {@code to - 1} are numbers within ±limit.
   *
   * @param limit 0 or more, finite
   */
  boolean allWithin(float[] values, int from, int to, float limit);

  /**
   * Turns dL/dw into the gradients of the latents: {@code magnitudeGradient = ±top * gradient} with
   * the sign of the weight, {@code signGradient = -|weight| * gradient}.
   *
   * @param top scale times 2^(top trained magnitude bit)
   */
  void latentGradients(Chunk chunk, float top);

  /** Moves both moments of Adam towards {@code gradient} and leaves the root in the chunk. */
  void adamMoments(AdamState state, float[] gradient, Chunk chunk);

  /** Moves latents by Adam: {@code x -= rate * m / (root + eps) + pull}; x[at] is the first. */
  void adamDescend(float[] x, int at, float[] m, Chunk chunk, Descent descent);

  /**
   * Moves both moments and one latent per weight in one pass: {@link #adamMoments}, then {@link
   * #adamDescend}. What it leaves in the chunk's root is not defined.
   */
  default void adam(
      float[] x, int at, AdamState state, float[] gradient, Chunk chunk, Descent descent) {
    adamMoments(state, gradient, chunk);
    adamDescend(x, at, state.m(), chunk, descent);
  }

  /** Moves the moment of SGD: {@code m = momentum * m + gradient}. */
  void sgdMoment(float[] m, float[] gradient, Chunk chunk, float momentum);

  /** Moves latents by SGD: {@code x -= rate * m + pull}; x[at] is the first. */
  void sgdDescend(float[] x, int at, float[] m, Chunk chunk, Descent descent);

  /**
   * Looks ahead with Nesterov's momentum, after {@link #sgdMoment}: leaves {@code momentum * m +
   * gradient} in the chunk's root.
   */
  void sgdAhead(float[] m, float[] gradient, Chunk chunk, float momentum);

  /** Moves latents by what {@link #sgdAhead} left: {@code x -= rate * root + pull}. */
  void sgdDescendAhead(float[] x, int at, Chunk chunk, Descent descent);

  /** Decays floats through their gradients: {@code gradient += decay * weight}. */
  void decayGradients(Chunk chunk, float decay);

  /** Decays floats themselves: {@code weight *= kept}. */
  void shrinkWeights(Chunk chunk, float kept);

  /** Adds bit {@code bit} to the codes: 1 where the latent is above 0. */
  void latentBits(float[] x, Chunk chunk, int bit);

  /** Sets the codes to the frozen bits, all others 0. */
  void frozenBits(FrozenFields frozen, Chunk chunk);

  /** Adds the bits of a staircase whose trained bits all move alike. */
  void stairs(Staircase staircase, float[] displacement, Chunk chunk);

  /** Adds the bits of a staircase whose trained bit i moves by 2^(i-top) of the displacement. */
  void scaledStairs(Staircase staircase, float[] displacement, Chunk chunk);

  /** Composes the real weights from the codes. */
  void weights(Chunk chunk, int depth, float scale);

  /** One move of latents; reused from step to step. */
  final class Descent {
    private float rate;
    private float eps;
    private float pull;

    /** Creates a move that goes nowhere. */
    public Descent() {}

    /** Creates a move; see {@link #set} and {@link #setPull}. */
    public Descent(float rate, float eps, float pull) {
      set(rate, eps);
      setPull(pull);
    }

    /**
     * Sets what the moments are divided and multiplied by.
     *
     * @param newRate learning rate, corrected for bias where the method asks for it
     * @param newEps added to the root; unused by SGD
     */
    public void set(float newRate, float newEps) {
      rate = newRate;
      eps = newEps;
    }

    /** Sets what is subtracted from every latent. */
    public void setPull(float newPull) {
      pull = newPull;
    }

    /** Returns the learning rate. */
    public float rate() {
      return rate;
    }

    /** Returns what is added to the root. */
    public float eps() {
      return eps;
    }

    /** Returns what is subtracted from every latent. */
    public float pull() {
      return pull;
    }
  }
}
