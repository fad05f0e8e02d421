package org.bitloom.cli.command;

import java.io.IOException;

/**
 * Some of the output could not be written. The command tells it once, when it ends; whoever writes
 * much throws it early.
 */
public final class UnwrittenException extends IOException {
  private static final long serialVersionUID = 1;

  private final String stream;

  /**
   * Creates the error of a stream.
   *
   * @param stream {@code stdout} or {@code stderr}
   */
  UnwrittenException(String stream, IOException cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.stream = stream;
  }

  /** Says what must hold and what was found. */
  public String problem() {
    if (isReaderGone()) {
      return stream + " must be read to its end, found its reader gone";
    }
    if (isClosed()) {
      return stream + " must be open, found it closed";
    }
    return stream + " must take all that is written, found: " + getMessage();
  }

  /** Says what to do. */
  public String hint() {
    if (isReaderGone()) {
      return "let what reads it go on to the end";
    }
    if (isClosed()) {
      return "send it somewhere, such as to a file or to /dev/null";
    }
    return getMessage().contains("No space left") || getMessage().contains("quota")
        ? "free some disk space or choose another place"
        : "check where it goes";
  }

  private boolean isReaderGone() {
    return getMessage().contains("Broken pipe") || getMessage().contains("pipe is being closed");
  }

  private boolean isClosed() {
    return getMessage().contains("Bad file descriptor");
  }
}
