package org.bitloom.io;

/** Reports text that is not JSON, or a value that cannot be written as JSON. */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /** Reports broken text at {@code offset}, counted in chars from 0. */
  JsonException(String message, int offset) {
    super("JSON at offset " + offset + ": " + message);
    this.offset = offset;
  }

  /** Reports a value that cannot be written. */
  JsonException(String message) {
    super("JSON: " + message);
    this.offset = -1;
  }

  /** Returns the place in the text, in chars from 0; -1 if a value could not be written. */
  public int offset() {
    return offset;
  }
}
