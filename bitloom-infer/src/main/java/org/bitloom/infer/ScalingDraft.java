package org.bitloom.infer;

/** Collects what becomes of the sums of a layer, in doubles: scale, bias, batch norm. */
final class ScalingDraft {
  private final double[] factor;
  private final double[] offset;

  /** Begins with {@code scale * sum + bias}. */
  ScalingDraft(float scale, float[] bias) {
    factor = new double[bias.length];
    offset = new double[bias.length];
    for (int i = 0; i < bias.length; i++) {
      factor[i] = scale;
      offset[i] = bias[i];
    }
  }

  /**
   * Adds what a constant input gives.
   *
   * @param weights {@code [units, inputs]}
   * @param input one number for each input
   */
  void add(float[] weights, float[] input) {
    for (int unit = 0; unit < offset.length; unit++) {
      double sum = 0;
      for (int i = 0; i < input.length; i++) {
        sum += (double) weights[unit * input.length + i] * input[i];
      }
      offset[unit] += factor[unit] * sum;
    }
  }

  /** Applies a batch norm with its running statistics. */
  void normalize(double epsilon, float[] gamma, float[] beta, float[] mean, float[] variance) {
    for (int i = 0; i < factor.length; i++) {
      double gain = gamma[i] / Math.sqrt(variance[i] + epsilon);
      factor[i] *= gain;
      offset[i] = (offset[i] - mean[i]) * gain + beta[i];
    }
  }

  ChannelScaling scaling(boolean relu) {
    float[] factors = new float[factor.length];
    float[] offsets = new float[factor.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) factor[i];
      offsets[i] = (float) offset[i];
    }
    return new ChannelScaling(factors, offsets, relu);
  }
}
