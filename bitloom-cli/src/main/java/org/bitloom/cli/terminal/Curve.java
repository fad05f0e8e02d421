package org.bitloom.cli.terminal;

import java.util.Arrays;

/**
 * A curve of positive values in one line of text, the oldest value at its left end. The heights are
 * logarithms, for a loss falls by factors.
 */
public final class Curve {
  private static final int CAPACITY = 512;
  private static final double LEAST = 1e-9;

  private final double[] logarithms = new double[CAPACITY];
  private int count;

  /** How many values make one point; doubles when there is no room for more. */
  private int perPoint = 1;

  private double sum;
  private int summed;

  /** Appends a value; one that is not finite says nothing. */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    sum += Math.log(Math.max(LEAST, value));
    summed++;
    if (summed < perPoint) {
      return;
    }
    if (count == CAPACITY) {
      halve();
    }
    logarithms[count++] = sum / summed;
    sum = 0;
    summed = 0;
  }

  private void halve() {
    count = CAPACITY / 2;
    for (int i = 0; i < count; i++) {
      logarithms[i] = (logarithms[2 * i] + logarithms[2 * i + 1]) / 2;
    }
    perPoint *= 2;
  }

  /** Returns the curve, as many letters as there are values but at most {@code width}. */
  public String text(int width, Letters letters) {
    int points = Math.min(width, count);
    double[] means = new double[points];
    for (int i = 0; i < points; i++) {
      int from = (int) ((long) i * count / points);
      int to = (int) ((long) (i + 1) * count / points);
      means[i] = Arrays.stream(logarithms, from, to).average().orElse(0);
    }
    double low = Arrays.stream(means).min().orElse(0);
    double high = Arrays.stream(means).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (double mean : means) {
      text.append(letters.bar(high > low ? (mean - low) / (high - low) : 0));
    }
    return text.toString();
  }
}
