package org.bitloom.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;

/**
 * Names one or many masks at once.
 *
 * <p>Text forms: those of {@link BitMask}; {@code bottomN}, the N lowest bits; {@code single}, each
 * bit alone, sign first; {@code every}, all 2^k-1 masks; and ranges {@code top1..top4}, {@code
 * top1..all}, {@code bottom1..bottom3}.
 *
 * @param text one of the forms
 */
public record MaskList(String text) {
  /** Greatest depth at which {@code every} is meant to be trained: 4,095 masks. */
  private static final int MOST_EVERY = 12;

  private static final Pattern RANGE =
      Pattern.compile("(top|bottom)([1-9][0-9]?)\\.\\.(?:(top|bottom)?([1-9][0-9]?)|all)");
  private static final Pattern BOTTOM = Pattern.compile("bottom([1-9][0-9]?)");

  public MaskList {
    boolean ours = text.equals("every") || text.equals("single") || BOTTOM.matcher(text).matches();
    if (!ours && !isRange(text)) {
      try {
        BitMask.parse(text);
      } catch (IllegalArgumentException e) {
        throw new UsageException(
            "masks must be topN, bottomN, all, sign, single, every, digits (sign first) or a range"
                + " such as top1..top4 or top1..all, got '"
                + text
                + "'",
            "separate several by commas");
      }
    }
  }

  private static boolean isRange(String text) {
    Matcher range = RANGE.matcher(text);
    return range.matches()
        && (range.group(3) == null || range.group(3).equals(range.group(1)))
        && (range.group(4) == null || first(range) <= Integer.parseInt(range.group(4)));
  }

  private static int first(Matcher range) {
    return Integer.parseInt(range.group(2));
  }

  /** Says whether the mask is written as digits and so fits one depth only. */
  public boolean isExplicit() {
    return text.matches("[01]+");
  }

  /**
   * Returns the masks that fit a depth, as digits; none if none fits.
   *
   * @param depth bits per weight, 1..32
   */
  public List<BitMask> at(int depth) {
    if (text.equals("every")) {
      return every(depth);
    }
    if (text.equals("single")) {
      return range(1, depth, bit -> digits(depth, bit - 1, bit));
    }
    Matcher bottom = BOTTOM.matcher(text);
    if (bottom.matches()) {
      int bits = Integer.parseInt(bottom.group(1));
      return range(bits, Math.min(bits, depth), n -> digits(depth, depth - n, depth));
    }
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      int last = range.group(4) == null ? depth : Math.min(depth, Integer.parseInt(range.group(4)));
      return range.group(1).equals("top")
          ? range(first(range), last, n -> digits(depth, 0, n))
          : range(first(range), last, n -> digits(depth, depth - n, depth));
    }
    return plain(depth);
  }

  private List<BitMask> plain(int depth) {
    try {
      return List.of(BitMask.parse(BitMask.parse(text).at(depth).mask()));
    } catch (IllegalArgumentException e) {
      return List.of(); // does not fit this depth
    }
  }

  private static List<BitMask> every(int depth) {
    if (depth > MOST_EVERY) {
      throw new UsageException(
          "every must be used at a depth of at most " + MOST_EVERY + ", got depth " + depth,
          "it makes 2^depth - 1 masks; use single or top1..all");
    }
    return range(
        1,
        (1 << depth) - 1,
        bits -> {
          String digits = Integer.toBinaryString(bits);
          return "0".repeat(depth - digits.length()) + digits;
        });
  }

  /** Returns digits with 1 from place {@code from}, counted from the sign, to below {@code to}. */
  private static String digits(int depth, int from, int to) {
    return "0".repeat(from) + "1".repeat(to - from) + "0".repeat(depth - to);
  }

  private static List<BitMask> range(int first, int last, IntFunction<String> digits) {
    List<BitMask> masks = new ArrayList<>();
    for (int n = first; n <= last; n++) {
      masks.add(BitMask.parse(digits.apply(n)));
    }
    return masks;
  }

  @Override
  public String toString() {
    return text;
  }
}
