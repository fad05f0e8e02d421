package org.bitloom.model;

/**
 * Describes one bit-plane: the same bit of all weights of a tensor.
 *
 * @param ones share of the weights whose bit is 1, 0..1
 * @param entropyBits bits of information per stored bit if all bits were drawn alike, 0..1
 */
public record PlaneStatistics(double ones, double entropyBits) {
  /** Describes a plane with {@code ones} ones among {@code size} bits; size at least 1. */
  static PlaneStatistics of(long ones, long size) {
    double share = (double) ones / size;
    return new PlaneStatistics(share, term(share) + term(1 - share));
  }

  private static double term(double share) {
    return share == 0 ? 0 : -share * StrictMath.log(share) / StrictMath.log(2);
  }
}
