package org.bitloom.images.choice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Width and height of an image in pixels, each 1 to 65,535, as users write it: {@code 64x48}.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record ImageSize(int width, int height) {
  private static final int MOST = 65_535;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})[xX×]([0-9]{1,5})");

  public ImageSize {
    if (width < 1 || height < 1 || width > MOST || height > MOST) {
      throw wrong(width + "x" + height);
    }
  }

  /** Reads {@code WxH}. */
  public static ImageSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw wrong(text);
    }
    return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "size of images must be WIDTHxHEIGHT, each 1.." + MOST + ", got '" + text + "'",
        "for example --resize 64x64");
  }

  /** Returns the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return width + "x" + height;
  }
}
