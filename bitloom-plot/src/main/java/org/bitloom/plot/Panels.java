package org.bitloom.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.bitloom.plot.page.Lettering;
import org.bitloom.plot.page.TickedAxis;
import org.bitloom.plot.page.Ticks.Tick;
import org.bitloom.statistics.Spread;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/** The dress that the coordinate systems of all pictures share. */
final class Panels {
  static final Color BAND = new Color(0xE4E4E4);
  static final Color BAND_LINE = new Color(0x707070);
  static final BasicStroke THIN = new BasicStroke(1f);
  static final BasicStroke BAND_STROKE =
      new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {5, 3}, 0);

  private Panels() {}

  static void dress(XYPlot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlinePaint(Lettering.INK);
    plot.setOutlineStroke(THIN);
    plot.setDomainGridlinePaint(Lettering.PALE);
    plot.setRangeGridlinePaint(Lettering.PALE);
    plot.setDomainGridlineStroke(THIN);
    plot.setRangeGridlineStroke(THIN);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }

  /** Puts panels with one horizontal axis below each other. */
  static CombinedDomainXYPlot stack(TickedAxis axis) {
    CombinedDomainXYPlot stack = new CombinedDomainXYPlot(axis);
    stack.setGap(10);
    return stack;
  }

  /** Draws the float baseline and the end of the true scale into a panel of accuracies. */
  static void addBaseline(XYPlot plot, Spread baseline, AccuracyScale scale) {
    if (scale.hasRoomBelow()) {
      plot.addRangeMarker(new ValueMarker(scale.lower(), BAND_LINE, THIN), Layer.BACKGROUND);
    }
    if (!baseline.isEmpty()) {
      plot.addRangeMarker(band(baseline), Layer.BACKGROUND);
      plot.addRangeMarker(middle(baseline), Layer.BACKGROUND);
      List<Tick> word = List.of(new Tick(baseline.mean(), "float"));
      plot.setRangeAxis(1, new TickedAxis("", scale.axisLower(), scale.upper(), word).bare());
      plot.setRangeAxisLocation(1, AxisLocation.BOTTOM_OR_RIGHT);
    }
  }

  static IntervalMarker band(Spread baseline) {
    return new IntervalMarker(baseline.low(), baseline.high(), BAND);
  }

  static ValueMarker middle(Spread baseline) {
    return new ValueMarker(baseline.mean(), BAND_LINE, BAND_STROKE);
  }

  /** Writes a word at a point of a panel; {@code anchor} is the part of the word put there. */
  static XYTextAnnotation word(String word, double x, double y, TextAnchor anchor) {
    XYTextAnnotation text = new XYTextAnnotation(word, x, y);
    text.setTextAnchor(anchor);
    text.setFont(Lettering.TEXT);
    text.setPaint(Lettering.INK);
    return text;
  }
}
