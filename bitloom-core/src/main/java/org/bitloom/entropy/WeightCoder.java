package org.bitloom.entropy;

import java.util.Arrays;

/**
 * Codes the bit strings of a layer in row-major order: whether a weight is zero, then the bits of
 * its magnitude from the highest, then its sign.
 *
 * <p>What is known of a bit beforehand: how full of other than zeros the column is so far, and the
 * row; the weights around it where they have places; and the bits of the magnitude above it.
 */
final class WeightCoder {
  /** Shares of weights that are not zero, of 64, at which another level begins. */
  private static final int[] LEVELS = {1, 2, 4, 6, 9, 13, 19, 28, 40, 64};

  /** What is assumed of a column or row before its first weight, of 64. */
  private static final int FIRST_SHARE = 26;

  private static final int STEPS = LEVELS.length + 1;
  private static final int AROUND = 5;
  private static final int SIZES = 16;
  private static final int PREFIXES = 16;

  /** As many of the highest bits of a magnitude are like those of the weights around. */
  private static final int FELT_BITS = 3;

  /** Signs of the four weights around, each negative, zero or positive. */
  private static final int SIGNS_AROUND = 81;

  private static final int BALANCES = 5;
  private static final int SIGN_OF_ZERO = SIGNS_AROUND + BALANCES * BALANCES;

  /** Columns beyond share what is known of them, which bounds the memory. */
  private static final int MOST_COLUMNS = 1 << 16;

  private static final int FIRST_LENGTH = 1 << 12;

  private final BinaryCoder coder;
  private final WeightGrid grid;
  private final int signBit;
  private final Chances zeros = new Chances(STEPS * STEPS * AROUND);
  private final Chances magnitudes;
  private final Chances signs = new Chances(SIGN_OF_ZERO + 1);
  private final int[] filled;
  private final int[] signSums;
  private int rowFilled;
  private int rowSignSum;
  private int[] codes = {};
  private int left;
  private int above;
  private int aboveLeft;
  private int aboveRight;

  WeightCoder(BinaryCoder coder, WeightGrid grid) {
    this.coder = coder;
    this.grid = grid;
    signBit = grid.depth() - 1;
    magnitudes = new Chances(Math.max(1, signBit * PREFIXES * SIZES));
    int columns = Math.min(grid.columns(), MOST_COLUMNS);
    filled = new int[columns];
    signSums = new int[columns];
  }

  /**
   * Codes all weights.
   *
   * @param given all bit strings to write; nothing where they are read
   * @return the bit strings as they are read; memory is taken as they come
   */
  int[] code(int[] given) {
    codes = new int[Math.min(grid.size(), Math.max(given.length, FIRST_LENGTH))];
    int at = 0;
    for (int row = 0; row < grid.rows(); row++) {
      rowFilled = 0;
      rowSignSum = 0;
      for (int column = 0; column < grid.columns(); column++) {
        if (at == codes.length) {
          codes = Arrays.copyOf(codes, (int) Math.min(grid.size(), 2L * at));
        }
        look(at, column);
        codes[at] = weight(row, column, at < given.length ? given[at] : 0);
        at++;
      }
    }
    return codes;
  }

  /** Looks at the weights around, as integers; those beyond the plane count as 0. */
  private void look(int at, int column) {
    int width = grid.width();
    if (width == 0) {
      return;
    }
    int place = column % grid.plane();
    int x = place % width;
    boolean hasAbove = place >= width;
    left = x > 0 ? value(at - 1) : 0;
    above = hasAbove ? value(at - width) : 0;
    aboveLeft = hasAbove && x > 0 ? value(at - width - 1) : 0;
    aboveRight = hasAbove && x < width - 1 ? value(at - width + 1) : 0;
  }

  private int value(int at) {
    int size = magnitude(codes[at]);
    return isNegative(codes[at]) ? -size : size;
  }

  /** Returns 0..2^31-1; at depth 1 always 1. */
  private int magnitude(int code) {
    return signBit == 0 ? 1 : code & ~(-1 << signBit);
  }

  private boolean isNegative(int code) {
    return ((code >>> signBit) & 1) != 0;
  }

  private int weight(int row, int column, int given) {
    int place = column & (MOST_COLUMNS - 1);
    int magnitude = signBit == 0 ? 1 : magnitude(given);
    if (signBit > 0) {
      int share = level(filled[place], row) * STEPS + level(rowFilled, column);
      int bit = zeros.code(coder, share * AROUND + neighbours(), magnitude == 0 ? 0 : 1);
      magnitude = bit == 0 ? 0 : size(magnitude);
    }
    int sign = isNegative(given) ? 1 : 0;
    if (magnitude == 0) {
      sign = grid.zeroSigns() ? signs.code(coder, SIGN_OF_ZERO, sign) : 0;
    } else {
      sign = signs.code(coder, signContext(place), sign);
      int step = 1 - 2 * sign;
      filled[place]++;
      signSums[place] += step;
      rowFilled++;
      rowSignSum += step;
    }
    return (signBit == 0 ? 0 : magnitude) | (sign << signBit);
  }

  private static int level(int filled, int seen) {
    int share = (int) ((64L * filled + FIRST_SHARE) / (seen + 1L));
    int level = 0;
    while (level < LEVELS.length && share >= LEVELS[level]) {
      level++;
    }
    return level;
  }

  private int neighbours() {
    return (left == 0 ? 0 : 1)
        + (above == 0 ? 0 : 1)
        + (aboveLeft == 0 ? 0 : 1)
        + (aboveRight == 0 ? 0 : 1);
  }

  /** Codes a magnitude that is not 0. */
  private int size(int given) {
    int around = around();
    int prefix = 0; // the highest 1 and up to three bits below it
    int size = 0;
    for (int i = signBit - 1; i >= 0; i--) {
      int bit = 1; // a magnitude without a 1 so far must have one now
      if (i > 0 || prefix > 0) {
        int sizes = i < signBit - FELT_BITS ? 0 : around; // what is below is close to noise
        int context = (i * PREFIXES + prefix) * SIZES + sizes;
        bit = magnitudes.code(coder, context, (given >>> i) & 1);
      }
      prefix = prefix < PREFIXES / 2 ? 2 * prefix + bit : prefix;
      size |= bit << i;
    }
    return size;
  }

  /** Returns how large the weights around are, the nearer ones twice. */
  private int around() {
    int shift = Math.max(0, signBit - FELT_BITS);
    int near = (Math.abs(left) >> shift) + (Math.abs(above) >> shift);
    int far = (Math.abs(aboveLeft) >> shift) + (Math.abs(aboveRight) >> shift);
    return Math.min(SIZES - 1, near + (far + 1) / 2);
  }

  private int signContext(int place) {
    if (grid.width() > 0) {
      return 40
          + 27 * Integer.signum(left)
          + 9 * Integer.signum(above)
          + 3 * Integer.signum(aboveLeft)
          + Integer.signum(aboveRight);
    }
    return SIGNS_AROUND
        + BALANCES * balance(signSums[place], filled[place])
        + balance(rowSignSum, rowFilled);
  }

  /** Returns 0 where most weights are negative, to 4 where most are positive. */
  private static int balance(int sum, int count) {
    int eighths = count < 2 ? 0 : (int) (8L * Math.abs(sum) / count);
    int strength = eighths >= 5 ? 2 : eighths >= 2 ? 1 : 0;
    return sum < 0 ? 2 - strength : 2 + strength;
  }
}
