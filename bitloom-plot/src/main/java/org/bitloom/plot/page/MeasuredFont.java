package org.bitloom.plot.page;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextAttribute;
import java.awt.geom.Rectangle2D;
import java.text.AttributedCharacterIterator.Attribute;
import java.text.CharacterIterator;
import java.util.Locale;
import java.util.Map;

/**
 * A sans-serif font that knows the size of its letters without asking the machine.
 *
 * <p>So a picture is laid out alike on every machine, also on one without fonts, where AWT throws
 * at the first question. The widths are those of DejaVu Sans, as wide as the sans-serif fonts of
 * viewers get: in another font the text is rather shorter than the room left for it.
 */
public final class MeasuredFont extends Font {
  private static final double ASCENT = 0.928;
  private static final double DESCENT = 0.236;
  private static final int FIRST_WIDE = 0x2E80;
  private static final int OTHER_ADVANCE = 838;
  private static final int WIDE_ADVANCE = 1000;

  /** Advance of the characters 32..126, in thousandths of the font size. */
  private static final int[] PLAIN_ADVANCES = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838
  };

  private static final int[] BOLD_ADVANCES = {
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
    696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580,
    1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850,
    733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500,
    500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687,
    716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838
  };

  private static final long serialVersionUID = 1L;

  public MeasuredFont(int style, int size) {
    // Not SANS_SERIF, JFreeChart's default: it keeps a font that equals a new one.
    super(DIALOG, style, size);
  }

  public double widthOf(String text) {
    return text.codePoints().mapToDouble(this::widthOf).sum();
  }

  private double widthOf(int letter) {
    int[] advances = isBold() ? BOLD_ADVANCES : PLAIN_ADVANCES;
    int thousandths = letter < FIRST_WIDE ? OTHER_ADVANCE : WIDE_ADVANCE;
    if (letter >= ' ' && letter < ' ' + advances.length) {
      thousandths = advances[letter - ' '];
    }
    return thousandths * getSize() / 1000.0;
  }

  public double ascent() {
    return ASCENT * getSize();
  }

  public double descent() {
    return DESCENT * getSize();
  }

  @Override
  public String getFamily() {
    return DIALOG;
  }

  @Override
  public String getFamily(Locale locale) {
    return DIALOG;
  }

  /** Keeps name and style; only the size is ever asked for. */
  @Override
  public Font deriveFont(Map<? extends Attribute, ?> attributes) {
    Object size = attributes.get(TextAttribute.SIZE);
    return new MeasuredFont(getStyle(), size instanceof Number n ? n.intValue() : getSize());
  }

  @Override
  public Rectangle2D getStringBounds(String text, FontRenderContext context) {
    return new Rectangle2D.Double(0, -ascent(), widthOf(text), ascent() + descent());
  }

  @Override
  public LineMetrics getLineMetrics(String text, FontRenderContext context) {
    return new MeasuredLine(this, text.length());
  }

  @Override
  public LineMetrics getLineMetrics(String text, int from, int to, FontRenderContext context) {
    return new MeasuredLine(this, to - from);
  }

  @Override
  public LineMetrics getLineMetrics(char[] text, int from, int to, FontRenderContext context) {
    return new MeasuredLine(this, to - from);
  }

  @Override
  public LineMetrics getLineMetrics(
      CharacterIterator text, int from, int to, FontRenderContext context) {
    return new MeasuredLine(this, to - from);
  }
}
