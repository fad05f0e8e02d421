package org.bitloom.bits;

/**
 * Holds single bits of many weights, one plane per bit, 64 weights per word.
 *
 * <p>Weight i of a plane is bit {@code i & 63} of word {@code i >>> 6}: weight 65 is bit 1 of word
 * 1. Bits past the last weight stay 0.
 */
public final class BitPlanes {
  private final int weights;
  private final long[][] words;

  /** Creates {@code planes} planes of {@code weights} bits, all 0. */
  public BitPlanes(int planes, int weights) {
    this.weights = weights;
    this.words = new long[planes][(weights + 63) >>> 6];
  }

  /** Returns the number of planes. */
  public int planes() {
    return words.length;
  }

  /** Returns the number of weights, the bits per plane. */
  public int weights() {
    return weights;
  }

  /** Returns bit {@code weight} of plane {@code plane}: 0 or 1. */
  public int get(int plane, int weight) {
    return (int) (words[plane][weight >>> 6] >>> weight) & 1;
  }

  /** Sets bit {@code weight} of plane {@code plane} to the lowest bit of {@code bit}. */
  public void set(int plane, int weight, int bit) {
    long at = 1L << weight;
    long word = words[plane][weight >>> 6];
    words[plane][weight >>> 6] = (bit & 1) != 0 ? word | at : word & ~at;
  }

  /** Returns the words of a plane themselves, not a copy: kernels and files read them. */
  public long[] words(int plane) {
    return words[plane];
  }
}
