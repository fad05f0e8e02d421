package org.bitloom.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import org.bitloom.error.FailureException;

/** Counts the bytes that all threads allocate on the Java heap between two steps. */
public final class HeapAllocation {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Map<Long, Long> first = Map.of();
  private long firstStep = -1;
  private Map<Long, Long> last = Map.of();
  private long lastStep;

  /** Begins a new stretch of steps. */
  public void clear() {
    firstStep = -1;
  }

  /** Notes where the allocation stands after a step; the first note begins the stretch. */
  public void note(long step) {
    last = allocated();
    lastStep = step;
    if (firstStep < 0) {
      first = last;
      firstStep = step;
    }
  }

  /** Returns the bytes per step from the first note to the last, of the threads seen by both. */
  public double perStep() {
    double bytes = 0;
    for (Map.Entry<Long, Long> thread : last.entrySet()) {
      bytes += thread.getValue() - first.getOrDefault(thread.getKey(), thread.getValue());
    }
    return bytes / Math.max(1, lastStep - firstStep);
  }

  private static Map<Long, Long> allocated() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = allocated(ids);
    Map<Long, Long> allocated = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) { // -1 = the thread has ended
        allocated.put(ids[i], bytes[i]);
      }
    }
    return allocated;
  }

  /** Asks by name for what only some virtual machines can tell. */
  private static long[] allocated(long[] threads) {
    try {
      return (long[])
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  THREADS.getObjectName(),
                  "getThreadAllocatedBytes",
                  new Object[] {threads},
                  new String[] {long[].class.getName()});
    } catch (JMException e) {
      throw new FailureException(
          "the virtual machine must count allocated bytes, it refused: " + e.getMessage(),
          "run the benchmark on a HotSpot JVM");
    }
  }
}
