package org.bitloom.images;

import java.util.Arrays;
import java.util.BitSet;
import org.bitloom.images.choice.SampleRange;

/**
 * What images with 16 bits per sample use of them, where they are not transparent.
 *
 * @param images with 16 bits per sample; if there are none, all other numbers are 0
 * @param low smallest sample
 * @param high largest sample, 0..65535
 * @param values how many different ones there are
 * @param levels that are left of the values when 0..65535 becomes 0..255
 * @param usualLow above one in two hundred of the values
 * @param usualHigh below one in two hundred of the values, such as a few marks in white
 * @param significantBits that the files say they hold; 0 = they say nothing
 */
public record SixteenBits(
    int images,
    int low,
    int high,
    int values,
    int levels,
    int usualLow,
    int usualHigh,
    int significantBits) {
  /** No such images. */
  public static final SixteenBits NONE = new SixteenBits(0, 0, 0, 0, 0, 0, 0, 0);

  private static final int RARE = 200;

  /** Returns the numbers in one line, in the order of the components. */
  String words() {
    return String.join(
        " ",
        Arrays.stream(
                new int[] {images, low, high, values, levels, usualLow, usualHigh, significantBits})
            .mapToObj(Integer::toString)
            .toList());
  }

  /** Reads what {@link #words} wrote. */
  static SixteenBits parse(String words) {
    int[] n = Arrays.stream(words.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    return new SixteenBits(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
  }

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
      if (values.isEmpty()) {
        return NONE;
      }
      int[] used = values.stream().toArray();
      int rare = used.length / RARE;
      return new SixteenBits(
          images,
          used[0],
          used[used.length - 1],
          used.length,
          (int) Arrays.stream(used).map(SampleRange.ALL::scale).distinct().count(),
          used[rare],
          used[used.length - 1 - rare],
          significantBits);
    }
  }
}
