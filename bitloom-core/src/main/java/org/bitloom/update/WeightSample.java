package org.bitloom.update;

import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.bits.RandomStreams;

/**
 * Some of the bit-wise weights of a network, enough to tell shares to a fifth of a point: all of a
 * small one, else one of every stretch of equal length, the same in every run.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WeightSample(int[] parameter, int[] weight) {
  private static final int MOST = 1 << 16;

  /** Chooses weights; parameters that are trained as floats have none. */
  static WeightSample of(List<ParameterSpec> specs) {
    long all = specs.stream().filter(ParameterSpec::isBitwise).mapToLong(ParameterSpec::size).sum();
    int count = (int) Math.min(MOST, all);
    WeightSample sample = new WeightSample(new int[count], new int[count]);
    SplittableRandom random = RandomStreams.of(0, "sample of weights");
    int taken = 0;
    long before = 0;
    long next = place(random, 0, all, count);
    for (int p = 0; p < specs.size(); p++) {
      long end = before + (specs.get(p).isBitwise() ? specs.get(p).size() : 0);
      while (taken < count && next < end) {
        sample.parameter[taken] = p;
        sample.weight[taken] = (int) (next - before);
        taken++;
        next = place(random, taken, all, count);
      }
      before = end;
    }
    return sample;
  }

  /** Returns a weight of a stretch. */
  private static long place(SplittableRandom random, int stretch, long all, int count) {
    if (stretch == count) {
      return Long.MAX_VALUE;
    }
    long begin = stretch * all / count;
    long end = (stretch + 1) * all / count;
    return begin + random.nextLong(end - begin);
  }

  int count() {
    return parameter.length;
  }
}
