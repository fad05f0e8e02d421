package org.bitloom.bits;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Names a part of a bit string that is read as a weight of its own: bit {@code high} is its sign,
 * the bits below down to {@code low} are its magnitude.
 *
 * <p>Example: {@code 5..3} of the depth 6 code {@code 101101} is {@code 101}, which is -1.
 *
 * @param high the most significant bit, {@code low}..31
 * @param low the least significant bit, 0..{@code high}
 */
public record BitRange(int high, int low) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,2})\\.\\.([0-9]{1,2})");
  private static final String HINT = "bit 0 is the least significant: 5..3 of 6 bits are the top 3";

  public BitRange {
    if (low < 0 || high < low || high >= BitLayout.MAX_DEPTH) {
      throw new UsageException(
          "bits must be HI..LO with 31 >= HI >= LO >= 0, got " + high + ".." + low, HINT);
    }
  }

  /** Reads {@code HI..LO}. */
  public static BitRange parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UsageException("bits must be HI..LO, got '" + text + "'", HINT);
    }
    return new BitRange(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /** Returns the bits of the part, its sign included. */
  public int depth() {
    return high - low + 1;
  }

  /** Returns the part of {@code code}, a bit string of depth {@link #depth}. */
  public int of(int code) {
    return code >>> low & BitLayout.allBits(depth());
  }

  /** Prints the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return high + ".." + low;
  }
}
