package org.bitloom.update;

import java.util.function.BiConsumer;
import org.bitloom.bits.BitLayout;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.UpdateKernels;

/** The trained magnitude bits of one tensor: what moves them and where they stand. */
sealed interface MagnitudeLatents permits IndependentLatents, CoupledLatents {
  /** Places the trained latents of one weight; {@code latents} holds all bits of it. */
  void place(int weight, float[] latents);

  /**
   * Prepares a step; called once, before any chunk.
   *
   * @param step 1 for the first
   * @param pull subtracted from every latent
   */
  void prepare(long step, double rate, float pull);

  /** Moves the latents of the chunk's weights by the chunk's magnitude gradient. */
  void update(Chunk chunk, UpdateKernels kernels);

  /** Adds the trained magnitude bits to the chunk's codes. */
  void addBits(Chunk chunk, UpdateKernels kernels);

  /**
   * Returns how far the latents of a weight can be pulled down before all its trained magnitude
   * bits are 0; 0 or less, if they are.
   */
  float margin(int weight);

  /** Returns the part of the margin that never changes. */
  float fixedMargin(int weight);

  /** Shows names and live arrays. */
  void visit(BiConsumer<String, Object> arrays);

  /** Returns latents for {@code weights} weights, none placed yet. */
  static MagnitudeLatents of(
      UpdateRule rule, Method method, BitLayout layout, int weights, double deviation) {
    return switch (rule) {
      case INDEPENDENT -> new IndependentLatents(layout, method, weights);
      case COUPLED -> new CoupledLatents(layout, method, weights, deviation);
    };
  }
}
