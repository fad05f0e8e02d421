package org.bitloom.images.choice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * How many images of every class are kept for testing where nobody has chosen them, as users write
 * it: {@code 0.2}, or {@code 0.2:7} with a seed.
 *
 * @param share of the images of each class, above 0 and below 1
 * @param seed decides which; not that of a run, so that runs with other seeds are tested alike
 */
public record TestShare(double share, long seed) {
  private static final Pattern TEXT = Pattern.compile("([0-9]*\\.?[0-9]+)(?::([0-9]{1,18}))?");
  private static final long USUAL_SEED = 1;

  public TestShare {
    if (!(share > 0 && share < 1)) {
      throw wrong(String.valueOf(share));
    }
  }

  /** Reads {@code SHARE} or {@code SHARE:SEED}. */
  public static TestShare parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw wrong(text);
    }
    return new TestShare(
        Double.parseDouble(matcher.group(1)),
        matcher.group(2) == null ? USUAL_SEED : Long.parseLong(matcher.group(2)));
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "split must be the share of test images, above 0 and below 1, and may have a seed, got '"
            + text
            + "'",
        "for example --split 0.2, or --split 0.2:7");
  }

  /** Returns how many of the images of a class are for testing: at least one, and not all. */
  public int of(int images) {
    return Math.max(1, Math.min(images - 1, (int) Math.round(images * share)));
  }

  /** Returns the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return share + ":" + seed;
  }
}
