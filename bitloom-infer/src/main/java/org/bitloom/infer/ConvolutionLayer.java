package org.bitloom.infer;

import org.bitloom.infer.kernel.FilterBank;

/**
 * A convolution.
 *
 * @param input value that it reads
 * @param output value that it writes
 * @param layout of the input as planes
 * @param positions at which each filter makes a sum
 * @param bank the filters
 * @param scaling of the filters' sums
 */
record ConvolutionLayer(
    int input,
    int output,
    PlaneLayout layout,
    int positions,
    FilterBank bank,
    ChannelScaling scaling)
    implements Operation {
  @Override
  public void run(Arena arena) {
    float[] planes = arena.value(input);
    if (!layout.isInput()) {
      layout.fill(planes, arena.planes());
      planes = arena.planes();
    }
    float[][] sums = arena.sums();
    bank.apply(planes, sums, arena.rows());
    float[] out = arena.value(output);
    for (int filter = 0; filter < scaling.factor().length; filter++) {
      scaling.apply(filter, sums[filter], positions);
      layout.copyOutput(sums[filter], out, filter);
    }
  }
}
