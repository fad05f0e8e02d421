package org.bitloom.error;

/**
 * Reports work that failed for a reason outside the request, such as bad data or divergence; the
 * command exits with 1.
 */
public final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * Creates the error.
   *
   * @param message what must hold and what was found, one line
   * @param hint what to do next, one line
   */
  public FailureException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** Returns what to do next, one line. */
  public String hint() {
    return hint;
  }
}
