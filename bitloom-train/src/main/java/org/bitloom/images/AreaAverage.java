package org.bitloom.images;

import java.awt.image.AreaAveragingScaleFilter;
import java.awt.image.BufferedImage;
import java.awt.image.FilteredImageSource;
import java.awt.image.PixelGrabber;
import org.bitloom.images.choice.ImageSize;

/**
 * Scales images with the filter of the JDK that gives every pixel the mean of the area it covers.
 */
final class AreaAverage {
  private AreaAverage() {}

  /**
   * Scales an image.
   *
   * @param planes unsigned bytes {@code [channels, height, width]}, 1 or 3 channels
   * @return as many channels of {@code to.height()} x {@code to.width()}; {@code planes} itself if
   *     it has that size
   */
  static byte[] scale(byte[] planes, ImageSize from, ImageSize to) {
    if (from.equals(to)) {
      return planes;
    }
    int channels = planes.length / (from.width() * from.height());
    int[] rgb = grab(image(planes, from), to);
    byte[] scaled = new byte[channels * rgb.length];
    for (int channel = 0; channel < channels; channel++) {
      int shift = 8 * (2 - channel);
      for (int i = 0; i < rgb.length; i++) {
        scaled[channel * rgb.length + i] = (byte) (rgb[i] >> shift);
      }
    }
    return scaled;
  }

  private static BufferedImage image(byte[] planes, ImageSize size) {
    int area = size.width() * size.height();
    int green = planes.length == area ? 0 : area;
    int[] rgb = new int[area];
    for (int i = 0; i < area; i++) {
      rgb[i] =
          ((planes[i] & 0xff) << 16)
              | ((planes[green + i] & 0xff) << 8)
              | (planes[2 * green + i] & 0xff);
    }
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, size.width(), size.height(), rgb);
    return image;
  }

  private static int[] grab(BufferedImage image, ImageSize to) {
    int[] rgb = new int[to.width() * to.height()];
    AreaAveragingScaleFilter filter = new AreaAveragingScaleFilter(to.width(), to.height());
    PixelGrabber grabber =
        new PixelGrabber(
            new FilteredImageSource(image.getSource(), filter),
            0,
            0,
            to.width(),
            to.height(),
            rgb,
            0,
            to.width());
    try {
      if (grabber.grabPixels()) {
        return rgb;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("scaling to " + to + " must end, was interrupted");
  }
}
