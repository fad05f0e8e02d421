package org.bitloom.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.plot.Differences.Line;
import org.bitloom.plot.page.Lettering;
import org.bitloom.plot.page.Page;
import org.bitloom.plot.page.Page.Block;
import org.bitloom.plot.page.TickedAxis;
import org.bitloom.plot.page.Ticks;
import org.bitloom.plot.page.Ticks.Tick;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;

/** Draws differences as dots with their intervals, a row each, and the bound of each as a bar. */
final class DifferencePicture {
  private static final int ROW_HEIGHT = 38;
  private static final int FRAME_HEIGHT = 60;
  private static final int NAME_WIDTH = 300;
  private static final int MOST_TICKS = 9;
  private static final double MARGIN = 0.08;
  private static final double BOUND_HALF_HEIGHT = 0.32;
  private static final Color BOUND = new Color(0xB30000);
  private static final BasicStroke BOUND_STROKE = new BasicStroke(2.5f);

  private final Differences differences;

  private DifferencePicture(Differences differences) {
    this.differences = differences;
  }

  static Page of(Differences differences) {
    DifferencePicture picture = new DifferencePicture(differences);
    int height = FRAME_HEIGHT + ROW_HEIGHT * differences.lines().size();
    List<String> caption = new ArrayList<>();
    caption.add(
        "Dots: mean difference over the seeds; lines: its interval of confidence; red bars: what"
            + " the difference must lie above.");
    caption.addAll(differences.caption());
    return new Page(differences.title(), List.of(Block.chart(height, "", picture.plot())), caption);
  }

  private double row(int index) {
    return differences.lines().size() - index;
  }

  private TickedAxis points() {
    double least = differences.lines().stream().mapToDouble(Line::least).min().orElse(0);
    double greatest = differences.lines().stream().mapToDouble(Line::greatest).max().orElse(0);
    double from = Math.min(least, 0);
    double to = Math.max(greatest, 0);
    double margin = Math.max(MARGIN * (to - from), 0.01);
    return new TickedAxis(
        "difference from the baseline (points of test accuracy)",
        from - margin,
        to + margin,
        Ticks.signed(from, to, MOST_TICKS));
  }

  private TickedAxis names() {
    List<Tick> names = new ArrayList<>();
    for (int i = 0; i < differences.lines().size(); i++) {
      List<String> broken =
          Lettering.wrap(differences.lines().get(i).name(), Lettering.TEXT, NAME_WIDTH);
      double step = 0.8 / Math.max(2, broken.size());
      double middle = (broken.size() - 1) / 2.0;
      for (int part = 0; part < broken.size(); part++) {
        names.add(new Tick(row(i) + (middle - part) * step, broken.get(part)));
      }
    }
    return new TickedAxis("", 0.4, differences.lines().size() + 0.6, names).bare();
  }

  private XYPlot plot() {
    XYPlot plot = new XYPlot(null, points(), names(), null);
    RowMarks marks = new RowMarks();
    for (int i = 0; i < differences.lines().size(); i++) {
      Line line = differences.lines().get(i);
      boolean bare = Double.isNaN(line.low()) || Double.isNaN(line.high());
      marks.dot(
          row(i), line.mean(), bare ? line.mean() : line.low(), bare ? line.mean() : line.high());
      plot.addAnnotation(
          new XYLineAnnotation(
              line.bound(),
              row(i) - BOUND_HALF_HEIGHT,
              line.bound(),
              row(i) + BOUND_HALF_HEIGHT,
              BOUND_STROKE,
              BOUND));
    }
    marks.addTo(plot);
    Panels.dress(plot);
    plot.setRangeGridlinesVisible(false);
    plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.addDomainMarker(
        new ValueMarker(0, Panels.BAND_LINE, Panels.BAND_STROKE), Layer.BACKGROUND);
    return plot;
  }
}
