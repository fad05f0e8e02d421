package org.bitloom.update;

import java.util.function.BiConsumer;
import org.bitloom.bits.BitLayout;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.UpdateKernels.Descent;

/** One latent per trained magnitude bit, all served by one set of moments per weight. */
final class IndependentLatents implements MagnitudeLatents {
  private final int[] bits;
  private final float[][] latents;
  private final Moments moments;
  private final Descent[] descents;

  IndependentLatents(BitLayout layout, Method method, int weights) {
    this.bits = layout.trainedMagnitudeBits();
    this.latents = new float[bits.length][weights];
    this.moments = Moments.of(method, weights);
    this.descents = new Descent[bits.length];
    for (int b = 0; b < bits.length; b++) {
      descents[b] = new Descent();
    }
  }

  @Override
  public void place(int weight, float[] all) {
    for (int b = 0; b < bits.length; b++) {
      latents[b][weight] = all[bits[b]];
    }
  }

  @Override
  public void prepare(long step, double rate, float pull) {
    for (int b = 0; b < bits.length; b++) {
      moments.prepare(descents[b], step, rate, bits[b] - bits[bits.length - 1]);
      descents[b].setPull(pull);
    }
  }

  @Override
  public void update(Chunk chunk, UpdateKernels kernels) {
    moments.accumulate(chunk.magnitudeGradient, chunk, kernels);
    for (int b = 0; b < bits.length; b++) {
      moments.descend(latents[b], chunk.from, chunk, kernels, descents[b]);
    }
  }

  @Override
  public void addBits(Chunk chunk, UpdateKernels kernels) {
    for (int b = 0; b < bits.length; b++) {
      kernels.latentBits(latents[b], chunk, bits[b]);
    }
  }

  @Override
  public float margin(int weight) {
    float highest = latents[0][weight];
    for (int b = 1; b < bits.length; b++) {
      highest = Math.max(highest, latents[b][weight]);
    }
    return highest;
  }

  @Override
  public float fixedMargin(int weight) {
    return 0;
  }

  @Override
  public void visit(BiConsumer<String, Object> arrays) {
    moments.visit("magnitude", arrays);
    for (int b = 0; b < bits.length; b++) {
      arrays.accept("latent." + bits[b], latents[b]);
    }
  }
}
