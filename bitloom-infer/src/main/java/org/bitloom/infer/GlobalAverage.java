package org.bitloom.infer;

/**
 * The mean of each channel.
 *
 * @param input value that it reads
 * @param output value that it writes
 * @param channels how many there are
 * @param pixels numbers of each channel
 */
record GlobalAverage(int input, int output, int channels, int pixels) implements Operation {
  @Override
  public void run(Arena arena) {
    float[] in = arena.value(input);
    float[] out = arena.value(output);
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      for (int i = channel * pixels; i < (channel + 1) * pixels; i++) {
        sum += in[i];
      }
      out[channel] = (float) (sum / pixels);
    }
  }
}
