package org.bitloom.settings;

import java.math.BigDecimal;
import org.bitloom.io.Json;

/** Prints numbers as people type them. */
public final class Typed {
  private static final double LEAST_PLAIN = 0.01;
  private static final double MOST_PLAIN = 1e7;

  private Typed() {}

  /**
   * Prints a number without loss, alike on every JDK: {@code 9e-4} and {@code 1.5e-3} below 0.01,
   * {@code 0.1} and {@code 20} above.
   */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal shortest = new BigDecimal(Json.print(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size == 0 || (size >= LEAST_PLAIN && size < MOST_PLAIN)) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
  }
}
