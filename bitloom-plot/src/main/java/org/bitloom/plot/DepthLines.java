package org.bitloom.plot;

import java.util.List;
import java.util.function.Function;
import org.bitloom.plot.TopBits.Cell;
import org.bitloom.plot.TopBits.Group;
import org.bitloom.statistics.Spread;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Turns a value of the cells into one line with error bars per depth.
 *
 * @param depths all of the picture, so that a depth looks alike in every panel
 */
record DepthLines(List<Integer> depths, BitScale bits, Function<Cell, Spread> value) {

  XYIntervalSeriesCollection of(Group group) {
    XYIntervalSeriesCollection lines = new XYIntervalSeriesCollection();
    group
        .cells()
        .forEach(
            (depth, cells) -> {
              XYIntervalSeries line = new XYIntervalSeries(depth, false, false);
              for (Cell cell : cells) {
                Spread spread = value.apply(cell);
                double x = position(cell, group);
                line.add(x, x, x, spread.mean(), spread.low(), spread.high());
              }
              lines.addSeries(line);
            });
    return lines;
  }

  /** Returns where a cell stands: at its number of bits, beside those of other depths there. */
  private double position(Cell cell, Group group) {
    List<Integer> there = group.depthsAt(cell.bits());
    double shift = there.indexOf(cell.depth()) - (there.size() - 1) / 2.0;
    return bits.position(cell.bits()) + shift * bits.shiftBetween(there.size());
  }

  XYErrorRenderer renderer(Group group) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    renderer.setCapLength(5);
    renderer.setErrorStroke(Panels.THIN);
    int series = 0;
    for (int depth : group.cells().keySet()) {
      SeriesLook look = SeriesLook.of(depths.indexOf(depth));
      renderer.setSeriesPaint(series, look.colour());
      renderer.setSeriesShape(series, look.marker());
      renderer.setSeriesStroke(series, look.line());
      series++;
    }
    return renderer;
  }
}
