package org.bitloom.worker;

import org.bitloom.run.Progress.BatchProgress;

/** Tells how long a run may still take from how fast its last steps were, not its first ones. */
final class Pace {
  /** Weight of the newest steps in the mean; the first steps of a JVM are many times slower. */
  private static final double NEWEST = 0.3;

  private static final double NANO = 1e-9;

  private long lastNanos;
  private long lastSteps;
  private double stepSeconds = Double.NaN;

  /**
   * Takes a report and returns the seconds left, evaluations excepted; NaN after the first report.
   *
   * @param nanos time of the report, as {@link System#nanoTime} tells it
   */
  double left(BatchProgress report, long nanos) {
    long steps = (report.epoch() - 1L) * report.batches() + report.batch();
    if (lastNanos != 0 && steps > lastSteps) {
      double newest = (nanos - lastNanos) * NANO / (steps - lastSteps);
      stepSeconds =
          Double.isNaN(stepSeconds) ? newest : NEWEST * newest + (1 - NEWEST) * stepSeconds;
    }
    lastNanos = nanos;
    lastSteps = steps;
    return ((long) report.epochs() * report.batches() - steps) * stepSeconds;
  }
}
