package org.bitloom.infer;

/**
 * What comes after the sums of a layer: {@code factor * sum + offset} for each channel or unit, and
 * 0 in place of what is negative if a ReLU follows. Scale, bias and batch norm are all in it.
 *
 * @param factor one for each channel
 * @param offset one for each channel
 * @param relu whether negative results become 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ChannelScaling(float[] factor, float[] offset, boolean relu) {
  /** Changes the sums of one channel where they are. */
  void apply(int channel, float[] sums, int count) {
    apply(channel, sums, sums, 0, count);
  }

  /** Writes what the numbers {@code from..to-1} of one channel become, to the same places. */
  void apply(int channel, float[] in, float[] out, int from, int to) {
    float a = factor[channel];
    float b = offset[channel];
    if (relu) {
      for (int i = from; i < to; i++) {
        out[i] = Math.max(0, a * in[i] + b);
      }
    } else {
      for (int i = from; i < to; i++) {
        out[i] = a * in[i] + b;
      }
    }
  }

  /** Changes the sums of units, each a channel of its own. */
  void applyToUnits(float[] sums) {
    for (int i = 0; i < factor.length; i++) {
      sums[i] = factor[i] * sums[i] + offset[i];
    }
    if (relu) {
      for (int i = 0; i < factor.length; i++) {
        sums[i] = Math.max(0, sums[i]);
      }
    }
  }
}
