package org.bitloom.update;

import java.nio.FloatBuffer;
import java.util.Locale;

/**
 * Stops training at a gradient that is NaN, infinite, or so large that its square is, before it
 * reaches any state.
 */
public final class NonFiniteGradientException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  private NonFiniteGradientException(String message) {
    super(message);
  }

  /**
   * Checks the gradients of a parameter.
   *
   * @throws NonFiniteGradientException if one is not within {@code largest}
   */
  public static void check(String parameter, long step, FloatBuffer gradients, float largest) {
    for (int i = 0; i < gradients.limit(); i++) {
      if (!(Math.abs(gradients.get(i)) <= largest)) {
        throw in(parameter, step, gradients, largest);
      }
    }
  }

  /**
   * Describes the first gradient that cannot be used.
   *
   * @param gradient one of which is not within {@code largest}
   */
  static NonFiniteGradientException in(
      String parameter, long step, FloatBuffer gradient, float largest) {
    int at = 0;
    while (at < gradient.limit() - 1 && Math.abs(gradient.get(at)) <= largest) {
      at++;
    }
    float found = gradient.get(at);
    String place = parameter + " at step " + step;
    return new NonFiniteGradientException(
        Float.isFinite(found)
            ? String.format(
                Locale.ROOT,
                "gradients must be at most %.1e for their squares to be finite, found %.1e in %s",
                largest,
                found,
                place)
            : "gradients must be finite, found NaN or infinity in " + place);
  }
}
