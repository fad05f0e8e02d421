package org.bitloom.sweep;

/**
 * How a mean stands to that of the float baseline.
 *
 * @param difference mean minus baseline's mean
 * @param verdict whether it is more than the seeds explain
 */
public record Comparison(double difference, Verdict verdict) {
  /** What the difference of two means says. */
  public enum Verdict {
    /** More than two standard errors of the difference above. */
    BETTER("+"),
    /** Within two standard errors. */
    EQUAL("="),
    /** More than two standard errors below. */
    WORSE("-"),
    /** One of the two has one seed only. */
    UNKNOWN("?");

    private final String mark;

    Verdict(String mark) {
      this.mark = mark;
    }

    /** Returns one character for tables. */
    public String mark() {
      return mark;
    }
  }

  private static final double STANDARD_ERRORS = 2;

  static Comparison of(Spread figures, Spread baseline) {
    double difference = figures.mean() - baseline.mean();
    if (figures.count() < 2 || baseline.count() < 2) {
      return new Comparison(difference, Verdict.UNKNOWN);
    }
    double bound = STANDARD_ERRORS * Math.sqrt(figures.errorSquared() + baseline.errorSquared());
    if (Math.abs(difference) <= bound) {
      return new Comparison(difference, Verdict.EQUAL);
    }
    return new Comparison(difference, difference > 0 ? Verdict.BETTER : Verdict.WORSE);
  }
}
