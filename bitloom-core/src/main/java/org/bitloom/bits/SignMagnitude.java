package org.bitloom.bits;

/**
 * Reads the bit string of a weight: sign in bit depth-1 (1 = negative), magnitude below it.
 *
 * <p>At depth 1 the magnitude is the constant 1. Example at depth 4: {@code 0b1101} is -5.
 *
 * @see <a href="https://arxiv.org/abs/2202.09571">arXiv:2202.09571, section 3</a>
 */
public final class SignMagnitude {
  private SignMagnitude() {}

  /** Returns the magnitude, 0..2^31-1, exact. */
  public static int magnitude(int code, int depth) {
    return depth == 1 ? 1 : code & ~(-1 << (depth - 1));
  }

  /** Says whether the sign bit is set; a negative zero has it set too. */
  public static boolean isNegative(int code, int depth) {
    return (code >>> (depth - 1) & 1) != 0;
  }

  /** Returns the integer weight, sign times magnitude, exact. */
  public static int value(int code, int depth) {
    int magnitude = magnitude(code, depth);
    return isNegative(code, depth) ? -magnitude : magnitude;
  }

  /**
   * Returns the real weight: the magnitude rounded to float once, times scale, then the sign.
   *
   * <p>A negative zero gives -0.0f, so the sign bit of the float is the sign bit of the code.
   */
  public static float weight(int code, int depth, float scale) {
    float size = scale * magnitude(code, depth);
    return isNegative(code, depth) ? -size : size;
  }
}
