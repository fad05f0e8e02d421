package org.bitloom.plot.page;

import java.awt.font.GraphicAttribute;
import java.awt.font.LineMetrics;

/** The height of a line of text in a {@link MeasuredFont}. */
final class MeasuredLine extends LineMetrics {
  private final MeasuredFont font;
  private final int characters;

  MeasuredLine(MeasuredFont font, int characters) {
    this.font = font;
    this.characters = characters;
  }

  @Override
  public int getNumChars() {
    return characters;
  }

  @Override
  public float getAscent() {
    return (float) font.ascent();
  }

  @Override
  public float getDescent() {
    return (float) font.descent();
  }

  @Override
  public float getLeading() {
    return 0;
  }

  @Override
  public float getHeight() {
    return getAscent() + getDescent();
  }

  @Override
  public int getBaselineIndex() {
    return GraphicAttribute.ROMAN_BASELINE;
  }

  @Override
  public float[] getBaselineOffsets() {
    return new float[] {0, -getAscent() / 2, -getAscent()};
  }

  @Override
  public float getStrikethroughOffset() {
    return -getAscent() / 3;
  }

  @Override
  public float getStrikethroughThickness() {
    return 1;
  }

  @Override
  public float getUnderlineOffset() {
    return 1;
  }

  @Override
  public float getUnderlineThickness() {
    return 1;
  }
}
