package org.bitloom.cli.train;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads figures from a line of metrics.jsonl.
 *
 * @param line keys and values
 */
record Metrics(Map<String, Object> line) {
  /** Returns a figure, if the line has it. */
  OptionalDouble number(String key) {
    return line.get(key) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /** Returns the share of weights that are exactly 0, if the line counts them. */
  OptionalDouble zeroShare() {
    OptionalDouble zero = number("zero");
    double all = number("negative").orElse(0) + zero.orElse(0) + number("positive").orElse(0);
    return zero.isPresent() && all > 0
        ? OptionalDouble.of(zero.getAsDouble() / all)
        : OptionalDouble.empty();
  }
}
