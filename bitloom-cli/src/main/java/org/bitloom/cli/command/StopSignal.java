package org.bitloom.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C and TERM into a request to stop, and keeps the JVM up until the command has ended.
 *
 * <p>The JVM leaves with 130 (Ctrl-C) or 143 (TERM) by itself once the hook returns.
 */
public final class StopSignal implements BooleanSupplier {
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  /** From now on a signal asks the command to stop, after {@code notice} was told. */
  public void listen(Runnable notice) {
    Thread hook = new Thread(() -> stop(notice), "bitloom-stop");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      requested = true; // the signal came before: the JVM is leaving already
    }
  }

  private void stop(Runnable notice) {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    notice.run();
    try {
      if (!finished.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the command has printed all it has to say. */
  public void finished() {
    finished.countDown();
  }

  /** Says whether the command should stop at the next good moment. */
  @Override
  public boolean getAsBoolean() {
    return requested;
  }
}
