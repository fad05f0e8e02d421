package org.bitloom.update;

import org.bitloom.bits.BitLayout;
import org.bitloom.update.Moments.Step;
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
  }

  @Override
  public void place(int weight, float[] all) {
    for (int b = 0; b < bits.length; b++) {
      latents[b][weight] = all[bits[b]];
    }
  }

  @Override
  public void begin(Step step) {
    for (int b = 0; b < bits.length; b++) {
      descents[b] = moments.descent(step, bits[b] - bits[bits.length - 1]);
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
  public void visit(StateVisitor visitor) {
    moments.visit("magnitude", visitor);
    for (int b = 0; b < bits.length; b++) {
      visitor.floats("latent." + bits[b], latents[b]);
    }
  }
}
