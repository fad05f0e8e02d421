package org.bitloom.update;

import java.util.function.BiConsumer;
import org.bitloom.bits.BitLayout;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.Staircase;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.UpdateKernels.Descent;

/**
 * One displacement per weight, read through its fixed staircase.
 *
 * <p>With Adam every trained bit moves by the displacement itself; with SGD bit i moves by
 * 2^(i-top) of it, where top is the most significant trained bit.
 */
final class CoupledLatents implements MagnitudeLatents {
  private final float[] displacement;
  private final Moments moments;
  private final Staircase staircase;
  private final boolean scaled;
  private final Descent descent = new Descent();

  CoupledLatents(BitLayout layout, Method method, int weights, double deviation) {
    this.displacement = new float[weights];
    this.staircase = new Staircase(layout, weights, deviation);
    this.scaled = method instanceof Method.Sgd;
    this.moments =
        Moments.of(
            method instanceof Method.Adam adam
                ? new Method.Adam(adam.beta1(), adam.beta2(), UpdateRule.GUARD)
                : method,
            weights);
  }

  Staircase staircase() {
    return staircase;
  }

  @Override
  public void place(int weight, float[] latents) {
    for (int step = 0; step < staircase.steps(); step++) {
      staircase.set(step, weight, latents[staircase.bit(step)]);
    }
  }

  @Override
  public void prepare(long step, double rate, float pull) {
    moments.prepare(descent, step, rate, 0);
    descent.setPull(pull);
  }

  @Override
  public void update(Chunk chunk, UpdateKernels kernels) {
    moments.move(displacement, chunk.from, chunk.magnitudeGradient, chunk, kernels, descent);
  }

  @Override
  public void addBits(Chunk chunk, UpdateKernels kernels) {
    if (scaled) {
      kernels.scaledStairs(staircase, displacement, chunk);
    } else {
      kernels.stairs(staircase, displacement, chunk);
    }
  }

  @Override
  public float margin(int weight) {
    return displacement[weight] + fixedMargin(weight);
  }

  /** Returns the highest stair, as the displacement would have to go down to switch it off. */
  @Override
  public float fixedMargin(int weight) {
    float highest = Float.NEGATIVE_INFINITY;
    int top = staircase.bit(staircase.steps() - 1);
    for (int step = 0; step < staircase.steps(); step++) {
      int below = scaled ? top - staircase.bit(step) : 0;
      float stair = staircase.latent(step, weight) * Staircase.powerOfTwo(below);
      highest = Math.max(highest, stair);
    }
    return highest;
  }

  @Override
  public void visit(BiConsumer<String, Object> arrays) {
    moments.visit("magnitude", arrays);
    arrays.accept("displacement", displacement);
    for (int group = 0; group < staircase.groups(); group++) {
      arrays.accept("staircase." + group, staircase.packed(group));
    }
  }
}
