package org.bitloom.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Watches a reading: what it throws, how much memory it takes, and how long it lasts. */
final class Watch {
  /** What a reading may allocate; inputs are far smaller, so that only a lie can take more. */
  static final long MAX_BYTES = 64_000_000;

  /** What a reading may compute, on any machine. */
  static final long MAX_SECONDS = 5;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Watch() {}

  /**
   * Reads; what takes too much is read again, for the first time may have loaded classes.
   *
   * @return whether the reader accepted the input
   * @throws AssertionError if anything is wrong with the reading
   */
  static boolean read(FuzzTarget target, byte[] input) {
    Cost cost = cost(target, input);
    if (cost.isTooHigh()) {
      cost = cost(target, input);
    }
    if (cost.isTooHigh()) {
      throw new AssertionError(
          "reading must take at most "
              + MAX_BYTES
              + " bytes and "
              + MAX_SECONDS
              + " s for "
              + input.length
              + " bytes, took "
              + cost.bytes
              + " and "
              + cost.seconds);
    }
    return cost.accepted;
  }

  private static Cost cost(FuzzTarget target, byte[] input) {
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long nanosBefore = THREADS.getCurrentThreadCpuTime();
    boolean accepted;
    try {
      accepted = target.read(input);
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("reading must end in content or a documented error, got " + e, e);
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    long nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
    return new Cost(accepted, bytes, TimeUnit.NANOSECONDS.toSeconds(nanos));
  }

  private record Cost(boolean accepted, long bytes, long seconds) {
    boolean isTooHigh() {
      return bytes > MAX_BYTES || seconds > MAX_SECONDS;
    }
  }
}
