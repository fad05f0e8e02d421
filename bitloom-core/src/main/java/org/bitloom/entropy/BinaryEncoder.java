package org.bitloom.entropy;

import java.io.ByteArrayOutputStream;

/**
 * Writes bits of known chances in about as many bits as they are worth: an interval of unsigned
 * 32-bit numbers is cut in two at every bit, and a byte is written as soon as all numbers in it
 * begin with that byte.
 */
final class BinaryEncoder implements BinaryCoder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int low;
  private int high = -1; // the largest, unsigned

  @Override
  public int code(int bit, int chance) {
    int middle = middle(low, high, chance);
    if (bit == 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
    while (beginAlike(low, high)) {
      out.write(high >>> 24);
      low <<= Byte.SIZE;
      high = (high << Byte.SIZE) | 0xff;
    }
    return bit;
  }

  /** Returns the last number that stands for a 1; all above stand for a 0. */
  static int middle(int low, int high, int chance) {
    long size = Integer.toUnsignedLong(high - low);
    return low + (int) ((size * chance) >>> 16);
  }

  static boolean beginAlike(int low, int high) {
    return ((low ^ high) & 0xff000000) == 0;
  }

  @Override
  public int bytes() {
    return out.size();
  }

  /** Returns all bytes; with zeros behind them they are a number within the last interval. */
  byte[] finish() {
    out.write(high >>> 24);
    return out.toByteArray();
  }
}
