package org.bitloom.bits;

/**
 * Gives latents to quantized weights: each as far from zero as a drawn one, on the side that its
 * bit demands.
 *
 * <p>The sizes are those of {@link InitialLatents} from a stream of their own, {@code init/NAME}. A
 * tensor of zeros, which has no scale, gets that of the draws, so that it can leave zero.
 */
public final class QuantizedLatents implements FirstLatents {
  private final QuantizedWeights weights;
  private final InitialLatents sizes;
  private int next;

  /**
   * Opens the stream of one tensor.
   *
   * @param seed of the run
   * @param name of the parameter
   * @param fanIn inputs per output unit; at least 1
   */
  public QuantizedLatents(long seed, String name, QuantizedWeights weights, int fanIn) {
    this.weights = weights;
    this.sizes = new InitialLatents(RandomStreams.of(seed, "init/" + name), weights.depth(), fanIn);
  }

  @Override
  public int next(float[] latents) {
    int code = weights.code(next++);
    sizes.next(latents);
    for (int bit = 0; bit < weights.depth(); bit++) {
      float size = Math.max(Float.MIN_VALUE, Math.abs(latents[bit]));
      latents[bit] = (code >>> bit & 1) != 0 ? size : -size;
    }
    return code;
  }

  @Override
  public float scale() {
    return weights.scale() > 0 ? weights.scale() : sizes.scale();
  }

  @Override
  public double magnitudeDeviation() {
    return sizes.magnitudeDeviation();
  }
}
