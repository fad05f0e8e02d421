package org.bitloom.infer.kernel;

/**
 * Adds up rows with factors. Rows and sum have the same index in every loop: only then does the
 * compiler of Java 17 make instructions of vectors from it.
 */
public final class RowSums {
  private RowSums() {}

  /**
   * Adds to {@code sum[i]} what {@code factors[at + r] * rows[r][i]} come to over all rows; rows
   * whose factor is 0 cost nothing.
   *
   * @param from first index
   * @param to behind the last index
   * @param count number of rows
   */
  public static void add(
      float[] sum, int from, int to, float[][] rows, float[] factors, int at, int count) {
    int r = next(factors, at, 0, count);
    while (r < count) {
      int second = next(factors, at, r + 1, count);
      int third = second < count ? next(factors, at, second + 1, count) : count;
      int fourth = third < count ? next(factors, at, third + 1, count) : count;
      if (fourth < count) {
        float a = factors[at + r];
        float b = factors[at + second];
        float c = factors[at + third];
        float d = factors[at + fourth];
        addFour(sum, from, to, a, rows[r], b, rows[second], c, rows[third], d, rows[fourth]);
        r = next(factors, at, fourth + 1, count);
      } else {
        addOne(sum, from, to, factors[at + r], rows[r]);
        r = second;
      }
    }
  }

  private static int next(float[] factors, int at, int row, int count) {
    int r = row;
    while (r < count && factors[at + r] == 0) {
      r++;
    }
    return r;
  }

  private static void addOne(float[] sum, int from, int to, float factor, float[] row) {
    for (int i = from; i < to; i++) {
      sum[i] += factor * row[i];
    }
  }

  private static void addFour(
      float[] sum,
      int from,
      int to,
      float xa,
      float[] a,
      float xb,
      float[] b,
      float xc,
      float[] c,
      float xd,
      float[] d) {
    for (int i = from; i < to; i++) {
      sum[i] += xa * a[i] + xb * b[i] + (xc * c[i] + xd * d[i]);
    }
  }
}
