package org.bitloom.payload;

import java.io.IOException;

/** Reports why no payload can be delivered. */
public final class PayloadException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** There is none, or nothing is left of its header. */
    ABSENT,
    /** There is one, but not all of it is as it was written. */
    DAMAGED,
    /** There is an encrypted one, and no key was given that could open it. */
    KEY_NEEDED,
    /** There is an encrypted one, and the key given does not open it. */
    WRONG_KEY
  }

  private final Kind kind;
  private final String hint;

  /**
   * Creates the error.
   *
   * @param message what must hold and what was found, one line
   * @param hint what to do next, one line
   */
  public PayloadException(Kind kind, String message, String hint) {
    super(message);
    this.kind = kind;
    this.hint = hint;
  }

  /** Returns why. */
  public Kind kind() {
    return kind;
  }

  /** Returns what to do next, one line. */
  public String hint() {
    return hint;
  }
}
