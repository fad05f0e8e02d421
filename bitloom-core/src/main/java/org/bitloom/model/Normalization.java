package org.bitloom.model;

import java.util.Arrays;
import java.util.List;

/**
 * Turns raw pixels, 0..255, into the input of the network. All arithmetic is that of {@code float},
 * in the order written, so that other programs can follow it to the bit.
 */
public sealed interface Normalization {
  /** Largest value of a pixel. */
  float WHITE = 255;

  /** The ways, as a model file calls them. */
  enum Kind {
    /** {@link MeanImage}. */
    MEAN_IMAGE("mean-image"),
    /** {@link PerChannel}. */
    PER_CHANNEL("per-channel"),
    /** {@link Unit}. */
    UNIT("unit"),
    /** {@link Raw}. */
    RAW("raw");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Returns the word of the model file, such as {@code mean-image}. */
    public String label() {
      return label;
    }
  }

  /** Returns which of the ways it is. */
  Kind kind();

  /**
   * Checks that it fits samples of a shape.
   *
   * @throws IllegalArgumentException if it does not, or if it is no shape
   */
  void check(List<Integer> inputShape);

  /**
   * Fills {@code inputs}, one sample, from {@code pixels[at..at+inputs.length-1]}, unsigned bytes
   * in the same order.
   */
  void apply(byte[] pixels, int at, float[] inputs);

  /** Leaves an input of {@code elements} values as it is: mean 0, deviation 1. */
  static Normalization none(int elements) {
    return new MeanImage(new float[elements], 1);
  }

  /**
   * {@code (pixel - mean[i]) / deviation}: both come from the training samples and serve the test
   * samples too.
   *
   * @param mean one raw pixel value per input element, on the scale 0..255; copied in and out
   * @param deviation one standard deviation over all pixels; finite and above 0
   */
  @SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
  record MeanImage(float[] mean, float deviation) implements Normalization {
    public MeanImage {
      mean = mean.clone();
      Shapes.checkFinite("input mean", mean);
      checkDeviation(deviation);
    }

    /** Returns the mean image in a new array. */
    @Override
    public float[] mean() {
      return mean.clone();
    }

    @Override
    public Kind kind() {
      return Kind.MEAN_IMAGE;
    }

    @Override
    public void check(List<Integer> inputShape) {
      Shapes.check("input mean", inputShape, mean.length);
    }

    @Override
    public void apply(byte[] pixels, int at, float[] inputs) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = ((pixels[at + i] & 0xff) - mean[i]) / deviation;
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof MeanImage that
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

  /**
   * {@code (pixel / 255 - mean[c]) / deviation[c]} in channel c, as PyTorch's {@code ToTensor} and
   * {@code Normalize} compute it.
   *
   * @param mean one value per channel, on the scale 0..1; finite; copied in and out
   * @param deviation one per channel, on the same scale; finite and above 0; copied in and out
   */
  @SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
  record PerChannel(float[] mean, float[] deviation) implements Normalization {
    public PerChannel {
      mean = mean.clone();
      deviation = deviation.clone();
      Shapes.checkFinite("input mean", mean);
      for (float each : deviation) {
        checkDeviation(each);
      }
      if (mean.length == 0 || mean.length != deviation.length) {
        throw new IllegalArgumentException(
            "input mean and deviation must have one value per channel, got "
                + mean.length
                + " and "
                + deviation.length);
      }
    }

    /** Returns the means in a new array. */
    @Override
    public float[] mean() {
      return mean.clone();
    }

    /** Returns the deviations in a new array. */
    @Override
    public float[] deviation() {
      return deviation.clone();
    }

    @Override
    public Kind kind() {
      return Kind.PER_CHANNEL;
    }

    @Override
    public void check(List<Integer> inputShape) {
      Shapes.size("input", inputShape);
      if (inputShape.isEmpty() || inputShape.get(0) != mean.length) {
        throw new IllegalArgumentException(
            "input must have one channel per mean, that is "
                + mean.length
                + ", got the shape "
                + inputShape);
      }
    }

    @Override
    public void apply(byte[] pixels, int at, float[] inputs) {
      int size = inputs.length / mean.length;
      for (int channel = 0; channel < mean.length; channel++) {
        float middle = mean[channel];
        float unit = deviation[channel];
        for (int i = channel * size; i < (channel + 1) * size; i++) {
          inputs[i] = ((pixels[at + i] & 0xff) / WHITE - middle) / unit;
        }
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof PerChannel that
          && Arrays.equals(deviation, that.deviation)
          && Arrays.equals(mean, that.mean);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
    }

    @Override
    public String toString() {
      return "mean " + Arrays.toString(mean) + ", deviation " + Arrays.toString(deviation);
    }
  }

  /** {@code pixel / 255}: black is 0, white is 1. */
  record Unit() implements Normalization {
    @Override
    public Kind kind() {
      return Kind.UNIT;
    }

    @Override
    public void check(List<Integer> inputShape) {
      Shapes.size("input", inputShape);
    }

    @Override
    public void apply(byte[] pixels, int at, float[] inputs) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = (pixels[at + i] & 0xff) / WHITE;
      }
    }
  }

  /** The pixels as they are, 0..255. */
  record Raw() implements Normalization {
    @Override
    public Kind kind() {
      return Kind.RAW;
    }

    @Override
    public void check(List<Integer> inputShape) {
      Shapes.size("input", inputShape);
    }

    @Override
    public void apply(byte[] pixels, int at, float[] inputs) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = pixels[at + i] & 0xff;
      }
    }
  }

  private static void checkDeviation(float deviation) {
    if (!(deviation > 0) || !Float.isFinite(deviation)) {
      throw new IllegalArgumentException(
          "input deviation must be finite and above 0, got " + deviation);
    }
  }
}
