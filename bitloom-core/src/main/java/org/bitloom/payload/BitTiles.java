package org.bitloom.payload;

import java.util.Arrays;

/**
 * Turns the codes of 64 weights into words of planes and back: a 32 x 64 matrix of bits,
 * transposed.
 *
 * <p>Word k of a tile has bit k of weight j as its bit j. The method is that of Hacker's Delight,
 * section 7-3, on two matrices of 32 x 32 side by side.
 */
final class BitTiles {
  static final int WEIGHTS = 64;
  static final int PLANES = 32;

  private BitTiles() {}

  /** Loads {@code count} codes, 1..64; weights beyond them count as 0. */
  static void load(int[] codes, int count, long[] tile) {
    Arrays.fill(codes, count, WEIGHTS, 0);
    for (int j = 0; j < PLANES; j++) {
      tile[j] = (codes[j] & 0xFFFF_FFFFL) | ((long) codes[j + PLANES] << PLANES);
    }
  }

  /** Replaces the bits of {@code set} in {@code count} codes by those of the tile. */
  static void store(long[] tile, int[] codes, int from, int count, int set) {
    int low = Math.min(count, PLANES);
    for (int j = 0; j < low; j++) {
      codes[from + j] = (codes[from + j] & ~set) | ((int) tile[j] & set);
    }
    for (int j = PLANES; j < count; j++) {
      codes[from + j] = (codes[from + j] & ~set) | ((int) (tile[j - PLANES] >>> PLANES) & set);
    }
  }

  /**
   * Turns codes of {@code depth} bits into planes, in place; rows above the depth are undefined.
   */
  static void toPlanes(long[] tile, int depth) {
    exchangeBytes(tile);
    exchangeBits(tile, depth <= Byte.SIZE ? Byte.SIZE : PLANES);
  }

  /** Turns planes into codes of {@code depth} bits, in place; rows above the depth must be 0. */
  static void toCodes(long[] tile, int depth) {
    exchangeBits(tile, depth <= Byte.SIZE ? Byte.SIZE : PLANES);
    exchangeBytes(tile);
  }

  /** Transposes both halves as matrices of 4 x 4 blocks of 8 x 8 bits. */
  private static void exchangeBytes(long[] tile) {
    for (int row = 0; row < 8; row++) {
      exchangeTwice(tile, row, 8, 0x0000FFFF_0000FFFFL, 0x00FF00FF_00FF00FFL);
    }
  }

  /** Transposes within each block of 8 x 8 bits of the first {@code rows} rows. */
  private static void exchangeBits(long[] tile, int rows) {
    for (int row = 0; row < rows; row += 8) {
      exchangeTwice(tile, row, 2, 0x0F0F0F0F_0F0F0F0FL, 0x33333333_33333333L);
      exchangeTwice(tile, row + 1, 2, 0x0F0F0F0F_0F0F0F0FL, 0x33333333_33333333L);
    }
    for (int row = 0; row < rows; row += 2) {
      long swap = ((tile[row] >>> 1) ^ tile[row + 1]) & 0x55555555_55555555L;
      tile[row + 1] ^= swap;
      tile[row] ^= swap << 1;
    }
  }

  /**
   * Exchanges blocks of 2*size and then of size bits among four rows that lie {@code size} apart:
   * the upper blocks of a row with the lower ones of another. Two steps at once halve the loads.
   */
  private static void exchangeTwice(long[] tile, int row, int size, long lower, long lowerHalf) {
    long a = tile[row];
    long b = tile[row + size];
    long c = tile[row + 2 * size];
    long d = tile[row + 3 * size];
    long swap = ((a >>> (2 * size)) ^ c) & lower;
    c ^= swap;
    a ^= swap << (2 * size);
    swap = ((b >>> (2 * size)) ^ d) & lower;
    d ^= swap;
    b ^= swap << (2 * size);
    swap = ((a >>> size) ^ b) & lowerHalf;
    tile[row + size] = b ^ swap;
    tile[row] = a ^ (swap << size);
    swap = ((c >>> size) ^ d) & lowerHalf;
    tile[row + 3 * size] = d ^ swap;
    tile[row + 2 * size] = c ^ (swap << size);
  }
}
