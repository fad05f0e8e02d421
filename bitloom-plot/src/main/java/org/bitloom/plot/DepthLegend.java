package org.bitloom.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.bitloom.plot.page.Lettering;
import org.bitloom.plot.page.Page;
import org.bitloom.plot.page.Page.Block;
import org.bitloom.plot.page.SvgCanvas;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** The key to the lines: one entry per depth, and one for the baseline. */
final class DepthLegend {
  private static final Line2D SAMPLE = new Line2D.Double(-17, 0, 17, 0);
  private static final int MARGIN = 45;
  private static final int WIDTH = Page.WIDTH - MARGIN;

  private DepthLegend() {}

  static Block block(List<Integer> depths, boolean baseline) {
    LegendItemCollection items = new LegendItemCollection();
    for (int i = 0; i < depths.size(); i++) {
      items.add(item("depth " + depths.get(i), SeriesLook.of(i)));
    }
    if (baseline) {
      items.add(baseline());
    }
    LegendTitle legend = new LegendTitle(() -> items);
    legend.setItemFont(Lettering.TEXT);
    legend.setItemPaint(Lettering.INK);
    legend.setItemLabelPadding(new RectangleInsets(2, 3, 2, 10));
    double height = arrange(legend, SvgCanvas.blank());
    return new Block(
        (int) Math.ceil(height),
        (canvas, area) -> {
          arrange(legend, canvas);
          legend.draw(canvas, new Rectangle2D.Double(MARGIN, area.getY(), WIDTH, area.getHeight()));
        });
  }

  private static double arrange(LegendTitle legend, Graphics2D canvas) {
    RectangleConstraint width = new RectangleConstraint(WIDTH, new Range(0, Double.MAX_VALUE));
    return legend.arrange(canvas, width).height;
  }

  private static LegendItem item(String label, SeriesLook look) {
    return new LegendItem(
        label,
        null,
        null,
        null,
        true,
        look.marker(),
        true,
        look.colour(),
        false,
        look.colour(),
        Panels.THIN,
        true,
        SAMPLE,
        look.line(),
        look.colour());
  }

  private static LegendItem baseline() {
    Color edge = Panels.BAND_LINE;
    return new LegendItem(
        "float baseline",
        null,
        null,
        null,
        true,
        bandSample(),
        true,
        Panels.BAND,
        false,
        edge,
        Panels.THIN,
        true,
        SAMPLE,
        Panels.BAND_STROKE,
        edge);
  }

  /** Leaves a slit for the line, which JFreeChart draws first. */
  private static Shape bandSample() {
    Area band = new Area(new Rectangle2D.Double(-17, -6, 34, 12));
    band.subtract(new Area(new Rectangle2D.Double(-17, -0.5, 34, 1)));
    return band;
  }
}
