package org.bitloom.model;

import java.util.Arrays;

/**
 * Turns raw pixels into the input of the network: {@code (pixel - mean[i]) / deviation}.
 *
 * <p>Both numbers come from the training samples and serve the test samples too.
 *
 * @param mean one raw pixel value per input element, on the scale 0..255; copied in and out
 * @param deviation one standard deviation over all pixels; finite and above 0
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record Normalization(float[] mean, float deviation) {
  public Normalization {
    mean = mean.clone();
    Shapes.checkFinite("input mean", mean);
    if (!(deviation > 0) || !Float.isFinite(deviation)) {
      throw new IllegalArgumentException(
          "input deviation must be finite and above 0, got " + deviation);
    }
  }

  /** Leaves an input of {@code elements} values as it is: mean 0, deviation 1. */
  public static Normalization none(int elements) {
    return new Normalization(new float[elements], 1);
  }

  /** Returns the mean image in a new array. */
  @Override
  public float[] mean() {
    return mean.clone();
  }

  /** Returns the number of input elements. */
  public int size() {
    return mean.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && deviation == that.deviation
        && Arrays.equals(mean, that.mean);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Float.hashCode(deviation);
  }

  @Override
  public String toString() {
    return "mean of " + mean.length + " pixels, deviation " + deviation;
  }
}
