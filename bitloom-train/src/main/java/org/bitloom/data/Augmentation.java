package org.bitloom.data;

import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Changes training images at random, each by draws of its own: {@code none}, {@code shift10},
 * {@code crop4}, {@code flip}, {@code shift10+flip} or {@code crop4+flip}.
 *
 * @param shiftPercent largest shift each way, in percent of height and width; 0..50
 * @param padding pixels of value 0 put around the image before a part of its size is cut out; 0 or
 *     more, with a shift 0
 * @param flip whether every second image, at random, is mirrored left to right
 */
public record Augmentation(int shiftPercent, int padding, boolean flip) {
  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(0, 0, false);

  private static final Pattern MOVE = Pattern.compile("(shift|crop)([0-9]{1,3})");

  public Augmentation {
    if (shiftPercent < 0 || shiftPercent > 50) {
      throw new UsageException(
          "shift must be 0..50 percent of the image, got " + shiftPercent, "try shift10");
    }
    if (padding < 0 || (padding > 0 && shiftPercent > 0)) {
      throw new UsageException(
          "crop must be 0 pixels or more and stand without shift, got " + padding,
          "try crop4+flip");
    }
  }

  /** Reads the text form. */
  public static Augmentation parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    int shift = 0;
    int crop = 0;
    boolean flip = false;
    for (String part : text.split("\\+", -1)) {
      Matcher move = MOVE.matcher(part);
      boolean first = shift == 0 && crop == 0;
      if (part.equals("flip") && !flip) {
        flip = true;
      } else if (first && move.matches() && move.group(1).equals("shift")) {
        shift = Integer.parseInt(move.group(2));
      } else if (first && move.matches()) {
        crop = Integer.parseInt(move.group(2));
      } else {
        throw new UsageException(
            "augmentation must be none, shiftN, cropN or flip, or one of the first two with +flip,"
                + " got '"
                + text
                + "'",
            "for example crop4+flip");
      }
    }
    return new Augmentation(shift, crop, flip);
  }

  /**
   * Checks that what is cut out still shows half of an image or more, each way.
   *
   * @throws UsageException if not
   */
  public void checkFits(ImageSet images) {
    int most = Math.min(images.height(), images.width()) / 2;
    if (padding > most) {
      throw new UsageException(
          "crop must be at most half of an image, "
              + most
              + " pixels at "
              + images.width()
              + "x"
              + images.height()
              + ", got "
              + padding,
          "lower N of cropN");
    }
  }

  /**
   * Writes one image, moved by whole pixels and perhaps mirrored; pixels from outside are 0 where
   * it is cropped, and repeat the nearest edge where it is shifted.
   *
   * @param images where the image is read
   * @param sample index of the image
   * @param random draws the way down, the way right and flip
   * @param out {@code [channels, height, width]}, overwritten
   */
  public void apply(ImageSet images, int sample, SplittableRandom random, byte[] out) {
    int height = images.height();
    int width = images.width();
    int down = draw(random, height);
    int right = draw(random, width);
    boolean mirror = flip && random.nextInt(2) == 1;
    byte[] pixels = images.pixels();
    int from = sample * images.imageSize();
    int to = 0;
    for (int channel = 0; channel < images.channels(); channel++) {
      for (int y = 0; y < height; y++) {
        boolean outside = padding > 0 && (y < down || y - down >= height);
        int row = from + (channel * height + inside(y - down, height)) * width;
        for (int x = 0; x < width; x++) {
          int seen = (mirror ? width - 1 - x : x) - right;
          boolean empty = outside || (padding > 0 && (seen < 0 || seen >= width));
          out[to++] = empty ? 0 : pixels[row + inside(seen, width)];
        }
      }
    }
  }

  private int draw(SplittableRandom random, int side) {
    int most = padding > 0 ? padding : side * shiftPercent / 100;
    return random.nextInt(2 * most + 1) - most;
  }

  private static int inside(int at, int side) {
    return Math.max(0, Math.min(side - 1, at));
  }

  /** Prints the form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringJoiner parts = new StringJoiner("+");
    parts.setEmptyValue("none");
    if (shiftPercent > 0) {
      parts.add("shift" + shiftPercent);
    }
    if (padding > 0) {
      parts.add("crop" + padding);
    }
    if (flip) {
      parts.add("flip");
    }
    return parts.toString();
  }
}
