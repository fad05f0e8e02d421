package org.bitloom.bench.measure;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * A bound that a measured value is to keep.
 *
 * @param what is measured
 * @param measured the value
 * @param bound the value it is held against
 * @param least whether the bound is the least value allowed, else the most
 */
public record Target(String what, double measured, double bound, boolean least) {
  public static Target atMost(String what, double measured, double bound) {
    return new Target(what, measured, bound, false);
  }

  public static Target atLeast(String what, double measured, double bound) {
    return new Target(what, measured, bound, true);
  }

  /** Says whether the bound is kept; a value that is no number keeps none. */
  public boolean isMet() {
    return least ? measured >= bound : measured <= bound;
  }

  /** Prints a line for each and how many are met. */
  public static void print(PrintStream out, List<Target> targets) {
    out.printf(Locale.ROOT, "%n%-58s %9s %10s  met%n", "target", "measured", "bound");
    for (Target target : targets) {
      out.printf(
          Locale.ROOT,
          "%-58s %9.3f %s %7.2f  %s%n",
          target.what,
          target.measured,
          target.least ? ">=" : "<=",
          target.bound,
          target.isMet() ? "yes" : "NO");
    }
    long met = targets.stream().filter(Target::isMet).count();
    out.printf(Locale.ROOT, "%d of %d targets met%n", met, targets.size());
  }
}
