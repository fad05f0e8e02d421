package org.bitloom.update;

import java.nio.FloatBuffer;
import java.util.Locale;

/** Checks what a step is given, before anything changes. */
final class StepInput {
  private StepInput() {}

  static void check(
      TrainedParameter parameter, FloatBuffer gradient, FloatBuffer weight, double rate) {
    if (!(rate >= 0 && rate <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("rate must be 0 or more and finite, got " + rate);
    }
    checkSize(parameter, "gradient", gradient);
    checkSize(parameter, "weight", weight);
    if (weight.isReadOnly()) {
      throw new IllegalArgumentException(
          "weight of " + parameter.name() + " must be writable, got a read-only buffer");
    }
  }

  private static void checkSize(TrainedParameter parameter, String what, FloatBuffer buffer) {
    if (buffer.limit() != parameter.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %s must hold %d values, got %d",
              what,
              parameter.name(),
              parameter.size(),
              buffer.limit()));
    }
  }
}
