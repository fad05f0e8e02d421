package org.bitloom.infer;

/**
 * A batch norm, or a ReLU, that no layer before it could take over.
 *
 * @param input value that it reads
 * @param output value that it writes
 * @param pixels numbers of each channel
 * @param scaling of the channels
 */
record NormLayer(int input, int output, int pixels, ChannelScaling scaling) implements Operation {
  @Override
  public void run(Arena arena) {
    float[] in = arena.value(input);
    float[] out = arena.value(output);
    for (int channel = 0; channel < scaling.factor().length; channel++) {
      scaling.apply(channel, in, out, channel * pixels, (channel + 1) * pixels);
    }
  }
}
