package org.bitloom.bits;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * How far from zero the first latents lie: by depth and fan-in, as in the paper, or alike in all
 * layers, so that under one learning rate all layers flip at one pace (docs/algorithm.md, "Even
 * latents").
 *
 * @param even deviation of all latents, magnitude and sign, 1e-6..1e6; 0 = the paper's
 */
public record LatentDeviation(double even) {
  /** Magnitude latents sqrt(2/(depth*fanIn)), sign latents sqrt(2/fanIn). */
  public static final LatentDeviation PAPER = new LatentDeviation(0);

  /** The same small deviation in all layers. */
  public static final LatentDeviation EVEN = new LatentDeviation(0.05);

  private static final double LEAST = 1e-6;
  private static final double MOST = 1e6;
  private static final String PAPER_WORD = "paper";
  private static final String EVEN_WORD = "even";
  private static final Pattern TEXT = Pattern.compile(EVEN_WORD + ":([0-9.]+(?:[eE][-+]?[0-9]+)?)");

  public LatentDeviation {
    if (even != 0 && !(even >= LEAST && even <= MOST)) {
      throw new UsageException(
          "deviation of even latents must be 1e-6 to 1e6, got " + even, "try even:0.05");
    }
  }

  /** Reads {@code paper}, {@code even} or {@code even:0.1}. */
  public static LatentDeviation parse(String text) {
    if (text.equals(PAPER_WORD)) {
      return PAPER;
    }
    if (text.equals(EVEN_WORD)) {
      return EVEN;
    }
    Matcher matcher = TEXT.matcher(text);
    try {
      if (matcher.matches() && Double.parseDouble(matcher.group(1)) != 0) {
        return new LatentDeviation(Double.parseDouble(matcher.group(1)));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(
        "latents must be paper, even or even:DEVIATION, got '" + text + "'", "try even:0.05");
  }

  /** Says whether all layers have the same deviation. */
  public boolean isEven() {
    return even != 0;
  }

  /** Returns the standard deviation of a magnitude latent. */
  public double magnitude(int depth, int fanIn) {
    return isEven() ? even : StrictMath.sqrt(2.0 / ((double) depth * fanIn));
  }

  /** Returns the standard deviation of a sign latent before it is cut off. */
  public double sign(int fanIn) {
    return isEven() ? even : StrictMath.sqrt(2.0 / fanIn);
  }

  /** Prints the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return isEven()
        ? EVEN_WORD + ":" + new BigDecimal(Double.toString(even)).stripTrailingZeros()
        : PAPER_WORD;
  }
}
