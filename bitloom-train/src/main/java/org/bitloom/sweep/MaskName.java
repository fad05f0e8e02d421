package org.bitloom.sweep;

import org.bitloom.bits.BitLayout;

/** Names masks as short as people do. */
public final class MaskName {
  private MaskName() {}

  /** Returns {@code all}, {@code top3}, {@code bottom2}, or digits, sign first. */
  public static String of(BitLayout layout) {
    String digits = layout.mask();
    long trained = digits.chars().filter(digit -> digit == '1').count();
    if (trained == layout.depth()) {
      return "all";
    }
    if (digits.matches("1+0+")) {
      return "top" + trained;
    }
    return digits.matches("0+1+") ? "bottom" + trained : digits;
  }
}
