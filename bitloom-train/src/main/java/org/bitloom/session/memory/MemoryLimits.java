package org.bitloom.session.memory;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The memory that there is.
 *
 * @param heap most bytes of Java objects
 * @param machine bytes of the machine, or of the container if that has fewer
 */
public record MemoryLimits(long heap, long machine) {
  private static final double GIB = 1 << 30;

  /** Returns the limits of this process. */
  public static MemoryLimits here() {
    return new MemoryLimits(Runtime.getRuntime().maxMemory(), ofMachine());
  }

  /** Asks the JVM, which knows of containers; what it does not tell is no limit. */
  private static long ofMachine() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
      return (Long) server.getAttribute(system, "TotalMemorySize");
    } catch (JMException | RuntimeException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Returns bytes as people say them: {@code 1.5 GiB}. */
  static String text(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }

  @Override
  public String toString() {
    return text(machine) + " in the machine, " + text(heap) + " of it for the JVM's heap";
  }
}
