package org.bitloom.plot.page;

import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes words into an image with letters of our own, 5 x 7 dots, for a Java that has no font.
 *
 * <p>The letters stand in {@code letters.txt}: those of ASCII from the blank on, 16 side by side, 9
 * rows of dots each, of which 2 lie below the line.
 */
public final class DotLetters {
  private static final int WIDTH = 5;
  private static final int ADVANCE = WIDTH + 1;
  private static final int ROWS = 9;
  private static final int ROWS_ABOVE = 7;
  private static final int BESIDE = 16;
  private static final List<String> DOTS = read();

  private DotLetters() {}

  private static List<String> read() {
    try (InputStream file = DotLetters.class.getResourceAsStream("letters.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("letters.txt must be readable in the jar", e);
    }
  }

  /** Returns how many pixels a text is wide. */
  public static int widthOf(String text) {
    return ADVANCE * text.codePointCount(0, text.length());
  }

  /**
   * Writes a text.
   *
   * @param x left end
   * @param y line on which the letters stand
   * @param colour red, green, blue
   */
  public static void write(WritableRaster raster, String text, int x, int y, int... colour) {
    int left = x;
    for (int letter : text.codePoints().toArray()) {
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < WIDTH; column++) {
          if (isInk(letter, row, column)) {
            raster.setPixel(left + column, y - ROWS_ABOVE + row, colour);
          }
        }
      }
      left += ADVANCE;
    }
  }

  /** Says whether a letter has a dot there; letters that are not ASCII are question marks. */
  static boolean isInk(int letter, int row, int column) {
    int index = (letter < ' ' || letter > '~' ? '?' : letter) - ' ';
    String line = DOTS.get(index / BESIDE * (ROWS + 1) + row);
    return line.charAt(index % BESIDE * ADVANCE + column) == '#';
  }
}
