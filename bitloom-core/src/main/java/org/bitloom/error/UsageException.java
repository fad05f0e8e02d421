package org.bitloom.error;

/** Reports a request that cannot be carried out as asked; the command exits with 2. */
public final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * Creates the error.
   *
   * @param message what must hold and what was found, one line
   * @param hint what to do next, one line
   */
  public UsageException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** Returns what to do next, one line. */
  public String hint() {
    return hint;
  }
}
