package org.bitloom.images.choice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * The part of 0..65535 that samples of 16 bits are taken from: what lies below is black, above is
 * white.
 *
 * @param low becomes 0
 * @param high becomes 255; above {@code low}, at most 65,535
 */
public record SampleRange(int low, int high) {
  /** The largest sample of 16 bits. */
  private static final int MOST = 65_535;

  /** All samples of 16 bits. */
  public static final SampleRange ALL = new SampleRange(0, MOST);

  private static final int WHITE = 255;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})\\.\\.([0-9]{1,5})");

  public SampleRange {
    if (low < 0 || low >= high || high > MOST) {
      throw wrong(low + ".." + high);
    }
  }

  /** Reads {@code LOW..HIGH}. */
  public static SampleRange parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw wrong(text);
    }
    return new SampleRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "range must be train, or LOW..HIGH with LOW below HIGH in 0.."
            + MOST
            + ", got '"
            + text
            + "'",
        "for example --range train, or --range 0..4095");
  }

  /** Returns the grey or the part of a colour that a sample becomes, 0..255. */
  public int scale(int sample) {
    int inside = Math.min(Math.max(sample, low), high) - low;
    int width = high - low;
    return (inside * WHITE + width / 2) / width;
  }

  /** Returns the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return low + ".." + high;
  }
}
