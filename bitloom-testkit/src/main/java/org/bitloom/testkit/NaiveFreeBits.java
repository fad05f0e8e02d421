package org.bitloom.testkit;

/**
 * Says bit by bit where the string of free bits lies in the codes of a network: the specification.
 *
 * <p>Tensor by tensor, free bit by free bit in rising order, weight by weight; bit i of the string
 * is bit {@code i & 7} of byte {@code i >>> 3}.
 */
public final class NaiveFreeBits {
  private NaiveFreeBits() {}

  /**
   * Reads all whole bytes.
   *
   * @param codes bit strings of each tensor
   * @param free free bits of each tensor in rising order
   */
  public static byte[] bytes(int[][] codes, int[][] free) {
    byte[] bytes = new byte[(int) (count(codes, free) >>> 3)];
    long i = 0;
    for (int t = 0; t < codes.length; t++) {
      for (int bit : free[t]) {
        for (int code : codes[t]) {
          if (i >>> 3 < bytes.length) {
            bytes[(int) (i >>> 3)] |= (byte) ((code >>> bit & 1) << (i & 7));
          }
          i++;
        }
      }
    }
    return bytes;
  }

  /** Writes all whole bytes into {@code codes}; every other bit of them stays as it is. */
  public static void put(byte[] bytes, int[][] codes, int[][] free) {
    long i = 0;
    for (int t = 0; t < codes.length; t++) {
      for (int bit : free[t]) {
        for (int weight = 0; weight < codes[t].length; weight++) {
          if (i >>> 3 < bytes.length) {
            int value = bytes[(int) (i >>> 3)] >>> (i & 7) & 1;
            codes[t][weight] = (codes[t][weight] & ~(1 << bit)) | (value << bit);
          }
          i++;
        }
      }
    }
  }

  private static long count(int[][] codes, int[][] free) {
    long bits = 0;
    for (int t = 0; t < codes.length; t++) {
      bits += (long) codes[t].length * free[t].length;
    }
    return bits;
  }
}
