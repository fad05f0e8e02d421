package org.bitloom.data;

import java.util.List;
import java.util.Locale;

/**
 * Labelled images of one size.
 *
 * <p>The arrays are handed over, not copied (MNIST alone is 47 MB): nobody modifies them
 * afterwards.
 *
 * @param pixels unsigned bytes, sample-major {@code [n, channels, height, width]}
 * @param labels unsigned bytes {@code [n]}, each below {@code classes}
 * @param channels 1 = grey, 3 = red, green, blue
 * @param height of an image in pixels
 * @param width of an image in pixels
 * @param classes number of labels, 2..256
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a list of boxes would be absurd
public record ImageSet(
    byte[] pixels, byte[] labels, int channels, int height, int width, int classes) {
  public ImageSet {
    long expected = (long) labels.length * channels * height * width;
    if (labels.length == 0
        || channels < 1
        || height < 1
        || width < 1
        || pixels.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pixels must be %d images x %d x %d x %d = %d bytes and at least 1, got %d",
              labels.length,
              channels,
              height,
              width,
              expected,
              pixels.length));
    }
    if (classes < 2 || classes > 256) {
      throw new IllegalArgumentException("classes must be 2..256, got " + classes);
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xff) >= classes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "label %d must be 0..%d, got %d", i, classes - 1, labels[i] & 0xff));
      }
    }
  }

  /**
   * Returns the same images with other labels.
   *
   * @param labelOf for each label, in order, the one that takes its place
   */
  public ImageSet relabelled(List<Integer> labelOf) {
    byte[] changed = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      changed[i] = labelOf.get(labels[i] & 0xff).byteValue();
    }
    return new ImageSet(pixels, changed, channels, height, width, classes);
  }

  /** Returns the number of images. */
  public int count() {
    return labels.length;
  }

  /** Returns the number of pixels of one image, all channels. */
  public int imageSize() {
    return channels * height * width;
  }
}
