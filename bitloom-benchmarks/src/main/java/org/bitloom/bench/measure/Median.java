package org.bitloom.bench.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Takes medians: one slow moment of the machine does not move them. */
public final class Median {
  private Median() {}

  /** Returns the median of one property of some things, at least one. */
  public static <T> double of(Collection<T> things, ToDoubleFunction<T> property) {
    return of(things.stream().mapToDouble(property).toArray());
  }

  /** Returns the median of some values, at least one; the values stay as they are. */
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a median needs at least one value, got none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
