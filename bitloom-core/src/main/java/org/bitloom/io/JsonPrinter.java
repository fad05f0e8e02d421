package org.bitloom.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Writes compact JSON. */
final class JsonPrinter {
  /** As many decimal digits tell any two doubles apart. */
  private static final int MAX_DOUBLE_DIGITS = 17;

  private static final String SHORT_ESCAPES = "\"\\\b\f\n\r\t";
  private static final String SHORT_NAMES = "\"\\bfnrt";

  private final StringBuilder out = new StringBuilder();

  String print(Object value) {
    value(value, 0);
    return out.toString();
  }

  private void value(Object value, int depth) {
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof String string) {
      string(string);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Map<?, ?> members) {
      object(members, depth + 1);
    } else if (value instanceof List<?> elements) {
      array(elements, depth + 1);
    } else {
      throw new JsonException(
          "value must be a Map, List, String, number, Boolean or null, got "
              + value.getClass().getName());
    }
  }

  private void object(Map<?, ?> members, int depth) {
    checkDepth(depth);
    String separator = "{";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      out.append(separator);
      if (!(member.getKey() instanceof String key)) {
        throw new JsonException("keys must be Strings, got " + member.getKey());
      }
      string(key);
      out.append(':');
      value(member.getValue(), depth);
      separator = ",";
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private void array(List<?> elements, int depth) {
    checkDepth(depth);
    String separator = "[";
    for (Object element : elements) {
      out.append(separator);
      value(element, depth);
      separator = ",";
    }
    out.append(elements.isEmpty() ? "[]" : "]");
  }

  private static void checkDepth(int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw new JsonException("nesting must be at most " + Json.MAX_DEPTH + " deep");
    }
  }

  private void string(String string) {
    if (Json.hasBrokenSurrogates(string)) {
      throw new JsonException("surrogates must come in pairs, got half a pair");
    }
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      character(string.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    int escape = SHORT_ESCAPES.indexOf(c);
    if (escape >= 0) {
      out.append('\\').append(SHORT_NAMES.charAt(escape));
    } else if (c < ' ') {
      out.append("\\u00").append(Character.forDigit(c >> 4, 16));
      out.append(Character.forDigit(c & 15, 16));
    } else {
      out.append(c);
    }
  }

  private void number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      out.append(shortest(number.doubleValue()));
    } else if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      out.append(number.longValue());
    } else {
      throw new JsonException(
          "number must be of a primitive kind, got " + number.getClass().getName());
    }
  }

  /** Finds the digits itself: {@code Double.toString} gives other digits before JDK 19. */
  private static String shortest(double value) {
    if (!Double.isFinite(value)) {
      throw new JsonException("number must be finite, got " + value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    for (int digits = 1; digits < MAX_DOUBLE_DIGITS; digits++) {
      BigDecimal nearest = rounded(value, digits, RoundingMode.HALF_EVEN);
      if (nearest.doubleValue() == value) {
        return withPoint(nearest);
      }
      // Doubles lie closer below a power of two than above it: only the next one up may fit.
      BigDecimal next = rounded(value, digits, RoundingMode.UP);
      if (next.doubleValue() == value) {
        return withPoint(next);
      }
    }
    return withPoint(rounded(value, MAX_DOUBLE_DIGITS, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal rounded(double value, int digits, RoundingMode mode) {
    return new BigDecimal(value).round(new MathContext(digits, mode)).stripTrailingZeros();
  }

  private static String withPoint(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    if (exponent < -5 || exponent > 15) {
      String digits = value.unscaledValue().abs().toString();
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }
    String plain = value.toPlainString();
    return plain.indexOf('.') >= 0 ? plain : plain + ".0";
  }
}
