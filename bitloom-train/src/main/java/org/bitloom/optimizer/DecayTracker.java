package org.bitloom.optimizer;

import ai.djl.training.tracker.Tracker;
import org.bitloom.update.RateCurve;
import org.bitloom.update.RateDecay;

/**
 * A learning rate that changes every step, for {@link BitwiseOptimizer.Builder#learningRate} and
 * for any optimizer of DJL: {@code new DecayTracker(RateDecay.COSINE, 1e-3f, 0, steps)}. The same
 * curve as {@code --decay} and {@code --warmup} of the command.
 *
 * @see RateCurve
 */
public final class DecayTracker implements Tracker {
  private final RateCurve curve;

  /**
   * Describes the rate of a training.
   *
   * @param decay how it falls behind the warmup
   * @param rate the highest; above 0
   * @param warmup steps of a linear rise, 0 to below steps
   * @param steps of the whole training, batches times epochs; at least 1
   */
  public DecayTracker(RateDecay decay, float rate, long warmup, long steps) {
    curve = new RateCurve(rate, decay, warmup, steps);
  }

  /** Returns the rate of a step, 1 for the first as DJL counts them. */
  @Override
  public float getNewValue(int step) {
    return (float) curve.at(step);
  }
}
