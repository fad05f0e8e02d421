package org.bitloom.plot.page;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

/** The fonts and the ink of all pictures, and text broken into lines. */
public final class Lettering {
  public static final MeasuredFont TITLE = new MeasuredFont(Font.BOLD, 15);
  public static final MeasuredFont HEADING = new MeasuredFont(Font.BOLD, 12);
  public static final MeasuredFont TEXT = new MeasuredFont(Font.PLAIN, 12);
  public static final Color INK = new Color(0x222222);
  public static final Color PALE = new Color(0xDDDDDD);
  public static final int LINE_HEIGHT = 16;

  private Lettering() {}

  /** Breaks {@code text} at blanks, and inside a word only where a word is longer than a line. */
  public static List<String> wrap(String text, MeasuredFont font, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (font.widthOf(longer) <= width) {
        line = longer;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      line = word;
      while (font.widthOf(line) > width) {
        int letters = lettersThatFit(line, font, width);
        lines.add(line.substring(0, letters));
        line = line.substring(letters);
      }
    }
    if (!line.isEmpty() || lines.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }

  private static int lettersThatFit(String word, MeasuredFont font, double width) {
    int end = word.offsetByCodePoints(0, 1);
    while (end < word.length()) {
      int next = word.offsetByCodePoints(end, 1);
      if (font.widthOf(word.substring(0, next)) > width) {
        break;
      }
      end = next;
    }
    return end;
  }
}
