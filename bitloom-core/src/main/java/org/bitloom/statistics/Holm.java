package org.bitloom.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Holm's step-down method (Scandinavian Journal of Statistics 6, 1979): who compares many times
 * finds a difference by chance, so p-values are corrected for their number.
 */
public final class Holm {
  private Holm() {}

  /**
   * Corrects p-values for their number: the least counts as often as there are, the next once less.
   *
   * @param pValues NaN ones are no test; they are not counted and stay as they are
   */
  public static double[] corrected(double... pValues) {
    int[] rising =
        IntStream.range(0, pValues.length)
            .filter(i -> !Double.isNaN(pValues[i]))
            .boxed()
            .sorted((one, other) -> Double.compare(pValues[one], pValues[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = Arrays.copyOf(pValues, pValues.length);
    double greatest = 0;
    for (int rank = 0; rank < rising.length; rank++) {
      double counted = (rising.length - rank) * pValues[rising[rank]];
      greatest = Math.max(greatest, Math.min(1, counted));
      corrected[rising[rank]] = greatest;
    }
    return corrected;
  }
}
