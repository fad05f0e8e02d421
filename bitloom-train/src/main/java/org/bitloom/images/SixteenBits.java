package org.bitloom.images;

import java.util.BitSet;

/**
 * What images with 16 bits per sample use of them, where they are not transparent.
 *
 * @param images with 16 bits per sample; if there are none, all other numbers are 0
 * @param low smallest sample
 * @param high largest sample, 0..65535
 * @param values how many different ones there are
 * @param significantBits that the files say they hold; 0 = they say nothing
 */
public record SixteenBits(int images, int low, int high, int values, int significantBits) {
  /** No such images. */
  public static final SixteenBits NONE = new SixteenBits(0, 0, 0, 0, 0);

  /** Gathers what is used, from several threads. */
  static final class Gathered {
    private final BitSet values = new BitSet();
    private int images;
    private int significantBits;

    synchronized void add(BitSet seen, int significant) {
      images++;
      values.or(seen);
      significantBits = Math.max(significantBits, significant);
    }

    synchronized SixteenBits facts() {
      return values.isEmpty()
          ? NONE
          : new SixteenBits(
              images,
              values.nextSetBit(0),
              values.length() - 1,
              values.cardinality(),
              significantBits);
    }
  }
}
