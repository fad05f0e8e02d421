package org.bitloom.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.bitloom.statistics.Spread;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Marks in rows: a value as a dot with its deviation, as a bar from zero, or as off the scale. */
final class RowMarks {
  private static final Color DOT = new Color(0x08306B);
  private static final Color BAR = new Color(0xA9A9A9);
  private static final int DOTS = 0;
  private static final int BARS = 1;
  private static final int OUTLIERS = 2;

  private final XYIntervalSeries dots = new XYIntervalSeries("dots", false, true);
  private final XYIntervalSeries bars = new XYIntervalSeries("bars", false, true);
  private final XYIntervalSeries outliers = new XYIntervalSeries("outliers", false, true);

  void dot(double row, Spread value) {
    dot(row, value.mean(), value.low(), value.high());
  }

  void dot(double row, double value, double low, double high) {
    dots.add(value, low, high, row, row, row);
  }

  void bar(double row, double value) {
    bars.add(value, 0, value, row, row, row);
  }

  void outlier(double row, double place) {
    outliers.add(place, place, place, row, row, row);
  }

  void addTo(XYPlot plot) {
    addTo(plot, DOTS, dots, renderer(new Ellipse2D.Double(-4, -4, 8, 8), DOT));
    XYErrorRenderer bar = renderer(null, BAR);
    bar.setErrorStroke(new BasicStroke(8, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    bar.setCapLength(0);
    addTo(plot, BARS, bars, bar);
    XYErrorRenderer outlier = renderer(leftTriangle(), DOT);
    outlier.setDefaultShapesFilled(false);
    addTo(plot, OUTLIERS, outliers, outlier);
  }

  private static void addTo(
      XYPlot plot, int index, XYIntervalSeries series, XYErrorRenderer renderer) {
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    collection.addSeries(series);
    plot.setDataset(index, collection);
    plot.setRenderer(index, renderer, false);
  }

  /** Returns a renderer of horizontal intervals, with a shape in each or, if null, none. */
  private static XYErrorRenderer renderer(Shape shape, Color colour) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setCapLength(5);
    renderer.setErrorStroke(Panels.THIN);
    renderer.setSeriesPaint(0, colour);
    renderer.setDefaultShapesVisible(shape != null);
    if (shape != null) {
      renderer.setSeriesShape(0, shape);
    }
    return renderer;
  }

  private static Shape leftTriangle() {
    Path2D triangle = new Path2D.Double();
    triangle.moveTo(-4, 0);
    triangle.lineTo(4, -4);
    triangle.lineTo(4, 4);
    triangle.closePath();
    return triangle;
  }
}
