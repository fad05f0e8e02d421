package org.bitloom.payload;

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

  /** Loads {@code count} codes, 1..64, from {@code from} on; weights beyond them count as 0. */
  static void load(int[] codes, int from, int count, long[] tile) {
    if (count == WEIGHTS) {
      for (int j = 0; j < PLANES; j++) {
        tile[j] = (codes[from + j] & 0xFFFF_FFFFL) | ((long) codes[from + PLANES + j] << PLANES);
      }
      return;
    }
    for (int j = 0; j < PLANES; j++) {
      long low = j < count ? codes[from + j] & 0xFFFF_FFFFL : 0;
      long high = j + PLANES < count ? codes[from + PLANES + j] : 0;
      tile[j] = low | (high << PLANES);
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

  /** Transposes both halves in place; twice gives the tile back. */
  static void transpose(long[] tile) {
    for (int row = 0; row < 8; row++) {
      exchangeTwice(tile, row, 8, 0x0000FFFF_0000FFFFL, 0x00FF00FF_00FF00FFL);
    }
    for (int row = 0; row < PLANES; row += 8) {
      exchangeTwice(tile, row, 2, 0x0F0F0F0F_0F0F0F0FL, 0x33333333_33333333L);
      exchangeTwice(tile, row + 1, 2, 0x0F0F0F0F_0F0F0F0FL, 0x33333333_33333333L);
    }
    for (int row = 0; row < PLANES; row += 2) {
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
