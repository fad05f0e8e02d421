package org.bitloom.data;

import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Changes training images at random, each by draws of its own: {@code none}, {@code shift10},
 * {@code flip} or {@code shift10+flip}.
 *
 * @param shiftPercent largest shift each way, in percent of height and width; 0..50
 * @param flip whether every second image, at random, is mirrored left to right
 */
public record Augmentation(int shiftPercent, boolean flip) {
  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  private static final Pattern SHIFT = Pattern.compile("shift([0-9]{1,3})");

  public Augmentation {
    if (shiftPercent < 0 || shiftPercent > 50) {
      throw new UsageException(
          "shift must be 0..50 percent of the image, got " + shiftPercent, "try shift10");
    }
  }

  /** Reads the text form. */
  public static Augmentation parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    int shift = 0;
    boolean flip = false;
    for (String part : text.split("\\+", -1)) {
      Matcher matcher = SHIFT.matcher(part);
      if (part.equals("flip") && !flip) {
        flip = true;
      } else if (matcher.matches() && shift == 0) {
        shift = Integer.parseInt(matcher.group(1));
      } else {
        throw new UsageException(
            "augmentation must be none, shiftN, flip, or shiftN+flip, got '" + text + "'",
            "for example shift10+flip");
      }
    }
    return new Augmentation(shift, flip);
  }

  /**
   * Writes one image, shifted by whole pixels and perhaps mirrored; pixels shifted in from outside
   * repeat the nearest edge.
   *
   * @param images where the image is read
   * @param sample index of the image
   * @param random draws shift down, shift right and flip
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
        int row = from + (channel * height + inside(y - down, height)) * width;
        for (int x = 0; x < width; x++) {
          int seen = mirror ? width - 1 - x : x;
          out[to++] = pixels[row + inside(seen - right, width)];
        }
      }
    }
  }

  private int draw(SplittableRandom random, int side) {
    int most = side * shiftPercent / 100;
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
    if (flip) {
      parts.add("flip");
    }
    return parts.toString();
  }
}
