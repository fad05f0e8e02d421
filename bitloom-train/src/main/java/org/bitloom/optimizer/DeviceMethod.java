package org.bitloom.optimizer;

import java.util.Arrays;
import org.bitloom.update.Method;

/** A method as the numbers that the program of a state is told. */
record DeviceMethod(Method method) {
  boolean isAdam() {
    return method instanceof Method.Adam;
  }

  /** Returns what the first moments keep of themselves in a step. */
  float keep1() {
    return method instanceof Method.Adam adam ? adam.beta1() : ((Method.Sgd) method).momentum();
  }

  /** Returns what the second moments keep of themselves in a step. */
  float keep2() {
    return method instanceof Method.Adam adam ? adam.beta2() : 0;
  }

  boolean nesterov() {
    return method instanceof Method.Sgd sgd && sgd.nesterov();
  }

  float weightDecay() {
    return (float) method.weightDecay();
  }

  /** Returns what the moments are multiplied by. */
  float rate(double rate, long step) {
    return method instanceof Method.Adam adam ? adam.correctedRate(rate, step) : (float) rate;
  }

  /** Returns what floats keep of themselves in a step if decay is decoupled. */
  float kept(double rate) {
    return (float) (1 - rate * method.weightDecay());
  }

  /**
   * Returns the rate that all parameters have: on a device they are moved together.
   *
   * @throws IllegalArgumentException if rates are not one for each, differ, or are no rates
   */
  static double common(double[] rates, int parameters) {
    if (rates.length != parameters) {
      throw new IllegalArgumentException(
          "rates must be one for each of " + parameters + " parameters, got " + rates.length);
    }
    for (double rate : rates) {
      if (rate != rates[0] || !(rate >= 0 && rate <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "rate must be 0 or more, finite, and on a device the same for every parameter, got "
                + Arrays.toString(rates));
      }
    }
    return rates.length == 0 ? 0 : rates[0];
  }
}
