package org.bitloom.plot;

import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.PaintScale;

/**
 * Shades of one blue, darker for higher accuracy, all well darker than a frozen bit, in grey too.
 *
 * @param lower the accuracy in percent of the lightest shade, and of all below
 * @param upper that of the darkest
 */
record AccuracyShades(double lower, double upper) implements PaintScale {
  /** In place of an accuracy: the bit is frozen. */
  static final double FROZEN = -1;

  private static final Color EMPTY = new Color(0xF0F0F0);
  private static final int[] LIGHT = {0x9E, 0xC9, 0xE2};
  private static final int[] DARK = {0x08, 0x30, 0x6B};

  @Override
  public double getLowerBound() {
    return lower;
  }

  @Override
  public double getUpperBound() {
    return upper;
  }

  @Override
  public Paint getPaint(double accuracy) {
    if (accuracy == FROZEN) {
      return EMPTY;
    }
    double share = Math.min(1, Math.max(0, (accuracy - lower) / (upper - lower)));
    int[] mixed = new int[3];
    for (int i = 0; i < 3; i++) {
      mixed[i] = (int) Math.round(LIGHT[i] + share * (DARK[i] - LIGHT[i]));
    }
    return new Color(mixed[0], mixed[1], mixed[2]);
  }
}
