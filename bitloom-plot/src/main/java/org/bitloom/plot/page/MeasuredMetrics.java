package org.bitloom.plot.page;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/** Answers in whole pixels what a {@link MeasuredFont} knows in fractions of them. */
final class MeasuredMetrics extends FontMetrics {
  private static final long serialVersionUID = 1L;

  private final MeasuredFont measured;

  /** Measures {@code font}, or ours of its style and size if it is another one. */
  MeasuredMetrics(Font font) {
    super(font);
    measured =
        font instanceof MeasuredFont ours
            ? ours
            : new MeasuredFont(font.getStyle(), font.getSize());
  }

  @Override
  public int stringWidth(String text) {
    return (int) Math.ceil(measured.widthOf(text));
  }

  @Override
  public int charWidth(char letter) {
    return stringWidth(String.valueOf(letter));
  }

  @Override
  public int getAscent() {
    return (int) Math.ceil(measured.ascent());
  }

  @Override
  public int getDescent() {
    return (int) Math.ceil(measured.descent());
  }

  @Override
  public int getLeading() {
    return 0;
  }

  @Override
  public Rectangle2D getStringBounds(String text, Graphics context) {
    return measured.getStringBounds(text, null);
  }

  @Override
  public LineMetrics getLineMetrics(String text, Graphics context) {
    return new MeasuredLine(measured, text.length());
  }
}
