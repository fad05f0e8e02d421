package org.bitloom.session.batch;

import java.io.Serial;

/** The engine could not compute a batch; the message is the first line of what it says. */
public final class RefusedBatchException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Takes over the error of the engine. */
  public RefusedBatchException(RuntimeException cause) {
    super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
  }
}
