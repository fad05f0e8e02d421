package org.bitloom.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures the processor time of the calling thread, which other programs on the machine take less
 * from than from the time on the clock.
 */
public final class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuClock() {}

  /** Returns the processor time of some work in nanoseconds. */
  public static long nanos(Runnable work) {
    long begin = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - begin;
  }
}
