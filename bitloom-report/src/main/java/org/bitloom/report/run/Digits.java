package org.bitloom.report.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a page needs them: short, and nothing that JSON has no words for. */
final class Digits {
  /** More than a curve or a table shows. */
  private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);

  private Digits() {}

  /** Returns a value with six digits; null in place of what is no finite number. */
  static Object of(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return value;
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      return null;
    }
    double rounded = BigDecimal.valueOf(number.doubleValue()).round(SIX).doubleValue();
    return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
        ? (Object) (long) rounded
        : rounded;
  }
}
