package org.bitloom.images;

import java.io.IOException;

/** Says in a few words why the bytes of a file are no readable image; the file is named outside. */
final class BadImageException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_REASON = 100;

  BadImageException(String reason) {
    super(oneLine(reason));
  }

  /** Keeps what a decoder says readable: it may quote bytes of the file. */
  private static String oneLine(String reason) {
    String printable = reason.replaceAll("\\p{Cntrl}", "?").strip();
    return printable.length() > MAX_REASON ? printable.substring(0, MAX_REASON) : printable;
  }
}
