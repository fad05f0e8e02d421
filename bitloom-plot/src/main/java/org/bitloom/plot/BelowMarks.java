package org.bitloom.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bitloom.plot.TopBits.Cell;
import org.bitloom.plot.TopBits.Group;
import org.bitloom.plot.page.Lettering;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Marks runs far below the accuracy axis at its lower end, with their accuracy in words. */
final class BelowMarks {
  private static final int MOST_ROWS = 6;
  private static final double ROW_SHARE = 0.055;

  /** Width of the coordinate system in pixels, rather less than more. */
  private static final double PANEL_WIDTH = 650;

  private static final double GAP = 9;

  /** One triangle and its words, which run from {@code from} to {@code to} in pixels. */
  private record Mark(Cell cell, String words, boolean left, double from, double to) {
    boolean overlaps(Mark other) {
      return from < other.to + GAP && other.from < to + GAP;
    }
  }

  private final BitScale bits;
  private final List<List<Mark>> rows = new ArrayList<>();
  private int left;

  BelowMarks(Group group, BitScale bits) {
    this.bits = bits;
    group.allCells().stream()
        .filter(cell -> !cell.below().isEmpty())
        .sorted(Comparator.comparingInt(Cell::bits).thenComparingInt(Cell::depth))
        .forEach(cell -> place(mark(cell)));
  }

  private Mark mark(Cell cell) {
    String runs = cell.below().count() == 1 ? "" : " (" + cell.below().count() + " runs)";
    String words = "depth " + cell.depth() + ": " + Caption.percent(cell.below().mean()) + runs;
    double width = Lettering.TEXT.widthOf(words) + GAP;
    double share = (bits.position(cell.bits()) - bits.lower()) / (bits.upper() - bits.lower());
    double x = share * PANEL_WIDTH;
    boolean left = x + width > PANEL_WIDTH;
    return new Mark(cell, words, left, left ? x - width : x - GAP, left ? x + GAP : x + width);
  }

  private void place(Mark mark) {
    for (List<Mark> row : rows) {
      if (row.stream().noneMatch(mark::overlaps)) {
        row.add(mark);
        return;
      }
    }
    if (rows.size() < MOST_ROWS) {
      rows.add(new ArrayList<>(List.of(mark)));
    } else {
      left += mark.cell().below().count();
    }
  }

  /** Returns by which share of its span the axis must grow to hold the marks. */
  double shareOfHeight() {
    return rows.size() * ROW_SHARE;
  }

  /** Returns for how many runs there was no room. */
  int unmarkedRuns() {
    return left;
  }

  void addTo(XYPlot plot, AccuracyScale scale, List<Integer> depths) {
    XYSeriesCollection triangles = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int row = 0; row < rows.size(); row++) {
      double y = scale.axisLower() + (row + 0.5) * ROW_SHARE * scale.span();
      for (Mark mark : rows.get(row)) {
        int series = triangles.getSeriesCount();
        XYSeries triangle = new XYSeries(mark.words() + " at " + mark.cell().bits());
        triangle.add(bits.position(mark.cell().bits()), y);
        triangles.addSeries(triangle);
        renderer.setSeriesShape(series, ShapeUtils.createDownTriangle(4f));
        renderer.setSeriesShapesFilled(series, false);
        renderer.setSeriesPaint(
            series, SeriesLook.of(depths.indexOf(mark.cell().depth())).colour());
        plot.addAnnotation(words(mark, y), false);
      }
    }
    plot.setDataset(1, triangles);
    plot.setRenderer(1, renderer, false);
  }

  private XYTextAnnotation words(Mark mark, double y) {
    double x = bits.position(mark.cell().bits());
    double gap = GAP / PANEL_WIDTH * (bits.upper() - bits.lower());
    return Panels.word(
        mark.words(),
        mark.left() ? x - gap : x + gap,
        y,
        mark.left() ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT);
  }
}
