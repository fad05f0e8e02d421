package org.bitloom.update;

import java.util.Arrays;

/**
 * Steers the drift so that a wanted share of the weights is zero.
 *
 * <p>A weight is zero once its magnitude latents have been pulled down by its <em>margin</em>. So
 * the margins of a sample of the weights tell not only how many are zero but how far a pull must
 * reach until as many are zero as wanted: the <em>gap</em>, a length in units of latents. Now and
 * then the dial looks at them and sets the pull of the next steps: half of the gap, and what it
 * took so far to keep the gap closed. Why so: docs/decisions/0020-dial.md.
 */
public final class ZeroDial {
  /** Looks in a training. */
  private static final int LOOKS = 400;

  /** Share of the training until the wanted share is reached. */
  private static final double RISE = 0.5;

  /** Share of the gap that the pull closes until the next look. */
  private static final double CLOSED = 0.5;

  /** Share of the gap that is added to the steady pull. */
  private static final double LEARNED = 0.1;

  private static final int STEADY = 0;
  private static final int DRIFT = 1;

  private final ZeroTarget target;
  private final long period;
  private final long[] state = new long[2]; // bits of doubles, as checkpoints hold them

  ZeroDial(ZeroTarget target) {
    this.target = target;
    this.period = Math.max(1, target.steps() / LOOKS);
  }

  /** Returns what must be saved: the steady drift and the one in force, as bits of doubles. */
  long[] state() {
    return state;
  }

  /** Returns the share of zeros wanted. */
  double share() {
    return target.share();
  }

  /** Returns the drift in force. */
  public double drift() {
    return Double.longBitsToDouble(state[DRIFT]);
  }

  /** Says whether the dial must look before the next step. */
  public boolean isDue(long stepsTaken) {
    return stepsTaken % period == 0;
  }

  /**
   * Sets the drift of the next steps.
   *
   * @param margins of a sample of the weights; infinite where a weight is never or always zero
   * @param rate learning rate of the next step; at 0 there is no drift
   */
  public void look(float[] margins, long stepsTaken, double rate) {
    float[] rising = margins.clone();
    Arrays.sort(rising);
    double zeros = (double) zeros(rising) / rising.length;
    double gap = gap(rising, wanted(zeros, stepsTaken));
    double perGap = 1 / (rate * period);
    if (!Double.isFinite(gap * perGap)) {
      set(DRIFT, 0);
      return;
    }
    double steady = Double.longBitsToDouble(state[STEADY]) + LEARNED * gap * perGap;
    double drift = steady + CLOSED * gap * perGap;
    boolean below = zeros <= target.share(); // then nothing is pushed away from zero
    set(STEADY, below ? Math.max(0, steady) : steady);
    set(DRIFT, below ? Math.max(0, drift) : drift);
  }

  private void set(int what, double value) {
    state[what] = Double.doubleToRawLongBits(value);
  }

  /** Returns the share to reach now: on its way up it never takes back what is already zero. */
  private double wanted(double zeros, long stepsTaken) {
    double way = Math.min(1, stepsTaken / (RISE * target.steps()));
    double left = 1 - way;
    double risen = target.share() * (1 - left * left * left);
    return Math.max(risen, Math.min(zeros, target.share()));
  }

  private static int zeros(float[] rising) {
    int count = 0;
    while (count < rising.length && rising[count] <= 0) {
      count++;
    }
    return count;
  }

  /** Returns the pull that leaves the wanted share at or below 0. */
  private static double gap(float[] rising, double wanted) {
    int rank = (int) Math.round(wanted * rising.length);
    int at = Math.max(0, rank - 1);
    while (at > 0 && !Float.isFinite(rising[at])) {
      at--;
    }
    return rank == 0 || !Float.isFinite(rising[at]) ? 0 : rising[at];
  }
}
