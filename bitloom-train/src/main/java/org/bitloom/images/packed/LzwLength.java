package org.bitloom.images.packed;

/** Counts what LZW codes stand for, because decoders of the JDK do not say when codes are short. */
public final class LzwLength {
  private static final int MOST_BITS = 12;
  private static final int MOST_CODES = 1 << MOST_BITS;
  private static final int TIFF_BITS = 8;

  private final byte[] data;
  private final boolean lowBitsFirst;
  private final int early;
  private final int clear;
  private final int[] lengths = new int[MOST_CODES];
  private long at;

  private LzwLength(byte[] data, boolean lowBitsFirst, int early, int symbolBits) {
    this.data = data;
    this.lowBitsFirst = lowBitsFirst;
    this.early = early;
    clear = 1 << symbolBits;
    for (int symbol = 0; symbol < clear; symbol++) {
      lengths[symbol] = 1;
    }
  }

  /**
   * Counts the pixels of a GIF image.
   *
   * @param symbolBits of a pixel, 2..8
   * @param enough where counting may stop
   */
  public static long ofGif(byte[] data, int symbolBits, long enough) {
    if (symbolBits < 2 || symbolBits > TIFF_BITS) {
      throw new IllegalArgumentException(
          "damaged: packed pixels of " + symbolBits + " bits, must be 2..8");
    }
    return new LzwLength(data, true, 0, symbolBits).count(enough);
  }

  /**
   * Counts the bytes of a strip or tile of TIFF.
   *
   * @param enough where counting may stop
   */
  public static long ofTiff(byte[] data, long enough) {
    return new LzwLength(data, false, 1, TIFF_BITS).count(enough);
  }

  private long count(long enough) {
    int first = clear + 2;
    int next = first;
    int bits = Integer.numberOfTrailingZeros(clear) + 1;
    int last = -1;
    long count = 0;
    while (count < enough && at + bits <= 8L * data.length) {
      int code = code(bits);
      if (code == clear + 1) {
        break;
      }
      if (code == clear) {
        next = first;
        bits = Integer.numberOfTrailingZeros(clear) + 1;
        last = -1;
        continue;
      }
      if (code > next
          || (code == next && (last < 0 || next == MOST_CODES))
          || (last < 0 && code > clear)) {
        throw new IllegalArgumentException("damaged: code " + code + " of packed pixels");
      }
      if (last >= 0 && next < MOST_CODES) {
        lengths[next] = lengths[last] + 1;
        next++;
        bits += next + early == 1 << bits && bits < MOST_BITS ? 1 : 0;
      }
      count += lengths[code];
      last = code;
    }
    return count;
  }

  private int code(int bits) {
    int code = 0;
    for (int i = 0; i < bits; i++, at++) {
      int octet = data[(int) (at >> 3)] & 0xff;
      int place = (int) (at & 7);
      if (lowBitsFirst) {
        code |= (octet >> place & 1) << i;
      } else {
        code = code << 1 | (octet >> (7 - place) & 1);
      }
    }
    return code;
  }
}
