package org.bitloom.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads typed values from a JSON object; keys it is not asked for do not matter. */
record MetricsLine(Map<?, ?> json) {
  static MetricsLine of(Object json) {
    if (json instanceof Map<?, ?> map) {
      return new MetricsLine(map);
    }
    throw new IllegalArgumentException("metrics must be a JSON object, got " + json);
  }

  boolean has(String key) {
    return json.get(key) != null;
  }

  /** Returns the value of a key that must be there. */
  double number(String key) {
    if (json.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(key, "a number");
  }

  /** Returns the value of a key that may be left out. */
  OptionalDouble optional(String key) {
    return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
  }

  long whole(String key) {
    if (json.get(key) instanceof Long number) {
      return number;
    }
    throw wrong(key, "a whole number");
  }

  int integer(String key) {
    long value = whole(key);
    if (value != (int) value) {
      throw wrong(key, "a whole number below 2^31");
    }
    return (int) value;
  }

  List<?> list(String key) {
    if (json.get(key) instanceof List<?> values) {
      return values;
    }
    throw wrong(key, "a list");
  }

  List<Long> counts(String key) {
    List<Long> counts = new ArrayList<>();
    for (Object value : list(key)) {
      if (!(value instanceof Long count)) {
        throw wrong(key, "a list of whole numbers");
      }
      counts.add(count);
    }
    return counts;
  }

  private IllegalArgumentException wrong(String key, String expected) {
    return new IllegalArgumentException(
        "'" + key + "' must be " + expected + ", got " + json.get(key));
  }
}
