package org.bitloom.bits;

import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Names the trained bits of a weight, independently of the bit depth where it can.
 *
 * <p>Text forms: {@code topN} (the sign and the N-1 most significant magnitude bits), {@code all},
 * {@code sign} (= {@code top1}), or digits, sign first and 1 = trained, such as {@code 111000}.
 *
 * @param text one of the forms above
 */
public record BitMask(String text) {
  private static final Pattern DIGITS = Pattern.compile("[01]{1,32}");
  private static final Pattern TOP = Pattern.compile("top([1-9][0-9]?)");

  public BitMask {
    boolean known =
        text.equals("all")
            || text.equals("sign")
            || TOP.matcher(text).matches()
            || DIGITS.matcher(text).matches();
    if (!known) {
      throw new UsageException(
          "mask must be topN, all, sign, or 1 to 32 digits 0 and 1 (sign first), got '"
              + text
              + "'",
          "such as top3 or 111000");
    }
  }

  /** Trains the sign and the {@code bits - 1} most significant magnitude bits; 1..32. */
  public static BitMask top(int bits) {
    if (bits < 1 || bits > BitLayout.MAX_DEPTH) {
      throw new IllegalArgumentException("top must be 1..32 bits, got " + bits);
    }
    return new BitMask("top" + bits);
  }

  /** Trains every bit. */
  public static BitMask all() {
    return new BitMask("all");
  }

  /** Trains the sign only. */
  public static BitMask sign() {
    return new BitMask("sign");
  }

  /**
   * Reads any of the text forms.
   *
   * @throws UsageException if it is none
   */
  public static BitMask parse(String text) {
    return new BitMask(text);
  }

  /** Says whether the mask is written as digits and so fits one depth only. */
  public boolean isExplicit() {
    return DIGITS.matcher(text).matches();
  }

  /**
   * Applies the mask to weights of {@code depth} bits.
   *
   * @throws UsageException if the mask does not fit the depth, or the depth is not 1..32
   */
  public BitLayout at(int depth) {
    if (depth < 1 || depth > BitLayout.MAX_DEPTH) {
      throw new UsageException(
          "depth must be 1..32 (the sign bit counts as one), got " + depth, "such as 6");
    }
    if (text.equals("all")) {
      return new BitLayout(depth, BitLayout.allBits(depth));
    }
    return new BitLayout(depth, isExplicit() ? digits(depth) : leading(depth));
  }

  private int digits(int depth) {
    if (text.length() != depth) {
      throw new UsageException(
          "mask must have one digit per bit: depth is "
              + depth
              + ", got "
              + text.length()
              + " digits ("
              + text
              + ")",
          "write " + depth + " digits, or topN");
    }
    if (text.indexOf('1') < 0) {
      throw new UsageException(
          "mask must train at least one bit, got none", "such as top3 or 111000");
    }
    return Integer.parseUnsignedInt(text, 2);
  }

  private int leading(int depth) {
    int bits = text.equals("sign") ? 1 : Integer.parseInt(text.substring("top".length()));
    if (bits > depth) {
      throw new UsageException(
          "mask must not be longer than the depth: depth is " + depth + ", got " + text,
          "use at most top" + depth);
    }
    int all = BitLayout.allBits(depth);
    return bits == depth ? all : all & ~(all >>> bits);
  }

  @Override
  public String toString() {
    return text;
  }
}
