package org.bitloom.update;

import org.bitloom.error.UsageException;

/**
 * A share of zero weights to reach by steering the drift.
 *
 * @param share of all bit-wise weights, above 0 and below 1
 * @param steps of the whole training, at least 1: the share is reached halfway and then held
 */
public record ZeroTarget(double share, long steps) {
  public ZeroTarget {
    checkShare(share);
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, got " + steps);
    }
  }

  /**
   * Checks a share.
   *
   * @throws UsageException if it is not above 0 and below 1
   */
  public static void checkShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new UsageException(
          "share of zeros must be above 0 and below 1, got " + share, "try --zeros 0.8");
    }
  }
}
