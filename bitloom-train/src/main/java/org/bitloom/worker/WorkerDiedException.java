package org.bitloom.worker;

import java.util.Locale;

/** Says that the process of a worker ended before its run did. */
final class WorkerDiedException extends Exception {
  private static final long serialVersionUID = 1;

  WorkerDiedException(int exitCode, String lastMessage) {
    super(
        String.format(
            Locale.ROOT,
            "the process of a run must live until the run ends, found exit code %d (%s)",
            exitCode,
            lastMessage));
  }
}
