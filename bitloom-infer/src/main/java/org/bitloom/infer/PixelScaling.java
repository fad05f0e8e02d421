package org.bitloom.infer;

import java.util.Arrays;
import org.bitloom.model.Normalization;

/**
 * A normalization as what it is for every input element: {@code factor * pixel + offset}.
 *
 * @param factor one for each element
 * @param offset one for each element: what a black pixel becomes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record PixelScaling(float[] factor, float[] offset) {
  private static final int WHITE = 255;

  /** Works it out for an input of {@code size} elements, from what black and white become. */
  static PixelScaling of(Normalization normalization, int size) {
    byte[] pixels = new byte[size];
    float[] black = new float[size];
    normalization.apply(pixels, 0, black);
    Arrays.fill(pixels, (byte) WHITE);
    float[] factor = new float[size];
    normalization.apply(pixels, 0, factor);
    for (int i = 0; i < size; i++) {
      factor[i] = (float) (((double) factor[i] - black[i]) / WHITE);
    }
    return new PixelScaling(factor, black);
  }

  /** Writes what pixels become. */
  void apply(float[] pixels, float[] target) {
    for (int i = 0; i < factor.length; i++) {
      target[i] = factor[i] * pixels[i] + offset[i];
    }
  }

  /** Writes pixels times factors alone: black stays 0. */
  void applyFactors(float[] pixels, float[] target) {
    for (int i = 0; i < factor.length; i++) {
      target[i] = factor[i] * pixels[i];
    }
  }
}
