package org.bitloom.entropy;

/**
 * One side of an arithmetic code. Encoder and decoder look the same to those who predict bits, so
 * that a prediction is written down once.
 */
interface BinaryCoder {
  /** Probabilities are counted in this many parts. */
  int WHOLE = 1 << 16;

  /**
   * Passes on one bit.
   *
   * @param bit 0 or 1; a decoder does not look at it
   * @param chance of a 1, in parts of {@link #WHOLE}, 1 to {@code WHOLE - 1}
   * @return the bit: the given one, or the one that was read
   */
  int code(int bit, int chance);

  /** Returns how many bytes are settled so far. */
  int bytes();
}
