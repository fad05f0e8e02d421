package org.bitloom.reproduce.plan;

/**
 * What a claim says of the difference of two rows, in points of accuracy: that it is above a bound.
 *
 * @param bound in points; 0 = better, -0.3 = at most 0.3 points below
 */
public record Hypothesis(double bound) {
  /** Points that are of no account: the deviation of a row is about as large. */
  public static final double NO_ACCOUNT = 0.1;

  /** Points up to which "as good as" and "without loss" are taken to hold. */
  public static final double MARGIN = 0.3;

  /** Says that the row is better than its baseline. */
  public static Hypothesis better() {
    return new Hypothesis(0);
  }

  /** Says that the row is not below its baseline by more than what is of no account. */
  public static Hypothesis notBelow() {
    return new Hypothesis(-NO_ACCOUNT);
  }

  /** Says that the row is as good as its baseline: at most {@link #MARGIN} below. */
  public static Hypothesis asGoodAs() {
    return new Hypothesis(-MARGIN);
  }

  /** Says that the row is at most some points below its baseline. */
  public static Hypothesis atMostBelow(double points) {
    return new Hypothesis(-points);
  }

  /** Says whether the row must be better, not just as good. */
  public boolean isBetter() {
    return bound == 0;
  }

  /** Returns the hypothesis in words. */
  public String text() {
    return isBetter() ? "better" : "at most " + -bound + " below";
  }
}
