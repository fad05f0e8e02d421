package org.bitloom.plot.page;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.text.TextUtils;

/**
 * A picture: title, charts below each other, caption. As wide as {@link #WIDTH}, as high as needed.
 *
 * @param title one line or more
 * @param blocks what lies between title and caption
 * @param caption one paragraph each
 */
public record Page(String title, List<Block> blocks, List<String> caption) {
  /** In pixels of the screen, or points of paper. */
  public static final int WIDTH = 800;

  private static final int MARGIN = 12;
  private static final int GAP = 6;

  static {
    // Else JFreeChart draws upright text as outlines, for which AWT needs the machine's fonts.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  /** Draws a part of a page inside {@code area}. */
  public interface Drawing {
    void draw(Graphics2D canvas, Rectangle2D area);
  }

  /** Reserves the full width and a height for a part of the page. */
  public record Block(int height, Drawing drawing) {

    public static Block chart(int height, String heading, Plot plot) {
      JFreeChart chart =
          new JFreeChart(heading.isEmpty() ? null : heading, Lettering.HEADING, plot, false);
      chart.setBackgroundPaint(null);
      if (chart.getTitle() != null) {
        chart.getTitle().setPaint(Lettering.INK);
      }
      return new Block(height, chart::draw);
    }
  }

  public Page {
    blocks = List.copyOf(blocks);
    caption = List.copyOf(caption);
  }

  public int height() {
    int height = 2 * MARGIN + textHeight(titleLines()) + GAP + textHeight(captionLines()) + GAP;
    for (Block block : blocks) {
      height += block.height() + GAP;
    }
    return height;
  }

  public void draw(Graphics2D canvas) {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    canvas.setPaint(Color.WHITE);
    canvas.fill(new Rectangle2D.Double(0, 0, WIDTH, height()));
    double y = MARGIN;
    y = drawLines(canvas, titleLines(), Lettering.TITLE, y) + GAP;
    for (Block block : blocks) {
      Graphics2D part = (Graphics2D) canvas.create();
      block.drawing().draw(part, new Rectangle2D.Double(0, y, WIDTH, block.height()));
      part.dispose();
      y += block.height() + GAP;
    }
    drawLines(canvas, captionLines(), Lettering.TEXT, y);
  }

  private static double drawLines(
      Graphics2D canvas, List<String> lines, MeasuredFont font, double y) {
    canvas.setFont(font);
    canvas.setPaint(Lettering.INK);
    for (String line : lines) {
      canvas.drawString(line, (float) MARGIN, (float) (y + font.ascent()));
      y += Lettering.LINE_HEIGHT;
    }
    return y;
  }

  private List<String> titleLines() {
    return Lettering.wrap(title, Lettering.TITLE, WIDTH - 2.0 * MARGIN);
  }

  private List<String> captionLines() {
    List<String> lines = new ArrayList<>();
    for (String paragraph : caption) {
      lines.addAll(Lettering.wrap(paragraph, Lettering.TEXT, WIDTH - 2.0 * MARGIN));
    }
    return lines;
  }

  private static int textHeight(List<String> lines) {
    return lines.size() * Lettering.LINE_HEIGHT;
  }
}
