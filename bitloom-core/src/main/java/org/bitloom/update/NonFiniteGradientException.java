package org.bitloom.update;

/** Stops training at a gradient that is NaN or infinite, before it reaches any state. */
public final class NonFiniteGradientException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  NonFiniteGradientException(String parameter, long step) {
    super("gradients must be finite, found NaN or infinity in " + parameter + " at step " + step);
  }
}
