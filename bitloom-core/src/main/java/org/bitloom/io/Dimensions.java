package org.bitloom.io;

import java.util.List;

/** Multiplies dimensions that nobody has checked yet. */
final class Dimensions {
  private Dimensions() {}

  /** Returns the product, 1 for no dimension; -1 if one is negative or the product beyond 2^63. */
  static long product(List<Long> shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0 || (dimension > 0 && product > Long.MAX_VALUE / dimension)) {
        return -1;
      }
      product *= dimension;
    }
    return product;
  }
}
