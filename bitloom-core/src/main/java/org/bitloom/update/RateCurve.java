package org.bitloom.update;

/**
 * The learning rate of every step of a training: a linear rise over the warmup, then a decay over
 * all other steps.
 *
 * <p>With {@code warmup} w and {@code steps} n, step t of the warmup has {@code rate*t/w}, so that
 * its last step has the whole rate. Step t after it has what the decay leaves of the rate at {@code
 * (t-1-w)/(n-w)}: the first one all of it. The same numbers on every JDK.
 *
 * @param rate the highest; above 0, finite
 * @param decay how it falls
 * @param warmup steps of the rise, 0..steps-1
 * @param steps of the training, at least 1; later steps have the rate of the last one
 */
public record RateCurve(double rate, RateDecay decay, long warmup, long steps) {
  public RateCurve {
    if (!(rate > 0 && rate <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("rate must be above 0 and finite, got " + rate);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, got " + steps);
    }
    if (warmup < 0 || warmup >= steps) {
      throw new IllegalArgumentException(
          "warmup must be 0 to below " + steps + " steps, got " + warmup);
    }
  }

  /**
   * Returns the rate of a step.
   *
   * @param step 1 for the first; lower ones count as the first
   */
  public double at(long step) {
    long within = Math.max(1, Math.min(step, steps));
    if (within <= warmup) {
      return rate * within / warmup;
    }
    return rate * decay.left((double) (within - 1 - warmup) / (steps - warmup));
  }
}
