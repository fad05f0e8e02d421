package org.bitloom.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.plot.MaskTable.Row;
import org.bitloom.plot.page.Lettering;
import org.bitloom.plot.page.Page;
import org.bitloom.plot.page.Page.Block;
import org.bitloom.plot.page.TickedAxis;
import org.bitloom.plot.page.Ticks;
import org.bitloom.plot.page.Ticks.Tick;
import org.bitloom.statistics.Spread;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The two panels of one depth below each other: accuracy and non-zero share, a bar per bit. */
record SinglePicture(MaskTable table, Spread baseline, AccuracyScale scale) {
  private static final int HEIGHT = 500;
  private static final Color BAR = new Color(0x6BAED6);
  private static final double HALF_WIDTH = 0.35;

  /** How far the sign stands from the magnitude bits, beyond their distance. */
  private static final double SIGN_GAP = 0.4;

  /** Share of the accuracy axis for the numbers on the highest bars. */
  private static final double NUMBER_SHARE = 0.13;

  private static final double OUTLIER_SHARE = 0.12;

  /**
   * How long the shortest bar is on an axis that does not begin at zero, as a share of the rest.
   */
  private static final double LEAST_BAR = 0.15;

  /** From so many bars on, a number is wider than its bar and stands upright. */
  private static final int UPRIGHT_FROM = 17;

  /** Lays out the picture, two panels for each depth. */
  static Page of(SweepResults results) {
    List<MaskTable> tables =
        MaskTable.of(results.points()).stream().filter(MaskTable::coversSingleBits).toList();
    List<Block> blocks = new ArrayList<>();
    List<String> caption = new ArrayList<>();
    boolean repeated =
        tables.stream()
            .flatMap(table -> table.singleBits().stream())
            .anyMatch(row -> row.accuracy().count() > 1);
    caption.add(
        results.caption().origin()
            + " One bit of every weight is trained, the others are frozen; bit 0 is the least"
            + " significant. "
            + Caption.bars(repeated, "Bars"));
    for (MaskTable table : tables) {
      Spread baseline = Spread.of(results.floatsOf(table.group()));
      SinglePicture panels = SinglePicture.of(table, baseline);
      blocks.add(panels.block());
      String name = tables.size() == 1 ? "" : table.name();
      caption.add(Caption.baseline(baseline, name));
      panels.remarks(caption, name);
    }
    caption.add(results.caption().commandLine());
    return new Page(results.caption().title(), blocks, caption);
  }

  static SinglePicture of(MaskTable table, Spread baseline) {
    List<Double> means = table.singleBits().stream().map(row -> row.accuracy().mean()).toList();
    double fence = AccuracyScale.fenceOf(means);
    List<Spread> shown = new ArrayList<>(List.of(baseline));
    table.singleBits().forEach(row -> shown.add(row.accuracy()));
    shown.removeIf(spread -> spread.mean() < fence);
    AccuracyScale fitted = AccuracyScale.around(fence, shown.stream());
    double lowest = fitted.lower() - LEAST_BAR * fitted.span();
    double start = lowest < fitted.upper() / 2 ? 0 : lowest;
    AccuracyScale roomy =
        new AccuracyScale(fence, start, start, fitted.upper()).withRoomAbove(NUMBER_SHARE);
    return new SinglePicture(
        table, baseline, fence > 0 ? roomy.withRoomBelow(OUTLIER_SHARE) : roomy);
  }

  Block block() {
    List<Tick> names = new ArrayList<>();
    for (Row row : table.singleBits()) {
      names.add(new Tick(place(row), table.bitName(column(row))));
    }
    TickedAxis axis =
        new TickedAxis(
            "trained bit (the sign, then the most to the least significant)",
            -0.6 - SIGN_GAP,
            table.depth() - 0.4,
            names);
    CombinedDomainXYPlot both = Panels.stack(axis);
    both.add(accuracies(), 7);
    both.add(shares(), 3);
    return Block.chart(HEIGHT, table.name(), both);
  }

  private static int column(Row row) {
    return row.mask().indexOf('1');
  }

  private static double place(Row row) {
    return column(row) == 0 ? -SIGN_GAP : column(row);
  }

  /** Adds what a reader must know to read the bars. */
  void remarks(List<String> caption, String name) {
    String where = name.isEmpty() ? "" : " (" + name + ")";
    if (scale.lower() > 0) {
      caption.add(
          "The accuracy axis"
              + where
              + " begins at "
              + Caption.percent(scale.lower())
              + " %, not at zero: compare the ends of the bars, not their areas.");
    }
    long below = table.singleBits().stream().filter(row -> !isShown(row)).count();
    if (below > 0) {
      caption.add("A triangle" + where + " marks an accuracy far below the axis.");
    }
    int absent = table.depth() - table.singleBits().size();
    if (absent > 0) {
      caption.add(Caption.count(absent, "bit has", "bits have") + " no result" + where + ".");
    }
  }

  private boolean isShown(Row row) {
    return scale.shows(row.accuracy().mean());
  }

  private XYPlot accuracies() {
    XYIntervalSeries bars = new XYIntervalSeries("accuracy");
    XYIntervalSeries deviations = new XYIntervalSeries("deviation");
    XYSeries outliers = new XYSeries("outliers");
    XYPlot plot = new XYPlot(null, null, scale.axis("test accuracy (%)", 8), null);
    double room = (scale.axisLower() + scale.lower()) / 2;
    for (Row row : table.singleBits()) {
      double x = place(row);
      Spread accuracy = row.accuracy();
      if (isShown(row)) {
        double mean = accuracy.mean();
        bars.add(x, x - HALF_WIDTH, x + HALF_WIDTH, mean, scale.lower(), mean);
        if (accuracy.deviation() > 0) {
          deviations.add(x, x, x, mean, accuracy.low(), accuracy.high());
        }
      } else {
        outliers.add(x, room);
      }
      plot.addAnnotation(number(row), false);
    }
    layer(plot, 0, collection(deviations), deviationLines());
    layer(plot, 1, new XYSeriesCollection(outliers), triangles());
    layer(plot, 2, collection(bars), barRenderer());
    Panels.dress(plot);
    plot.setDomainGridlinesVisible(false);
    Panels.addBaseline(plot, baseline, scale);
    return plot;
  }

  /** Adds a layer; lower ones lie in front. */
  private static void layer(XYPlot plot, int index, XYDataset data, XYItemRenderer renderer) {
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer, false);
  }

  private XYTextAnnotation number(Row row) {
    boolean upright = table.depth() >= UPRIGHT_FROM;
    double mean = row.accuracy().mean();
    String word = String.format(Locale.ROOT, upright ? "%.1f" : "%.2f", mean);
    double start = isShown(row) ? row.accuracy().high() : scale.lower();
    double y = start + 0.012 * scale.span();
    TextAnchor anchor = upright ? TextAnchor.CENTER_LEFT : TextAnchor.BOTTOM_CENTER;
    XYTextAnnotation number = Panels.word(word, place(row), y, anchor);
    number.setBackgroundPaint(Color.WHITE);
    if (upright) {
      number.setRotationAnchor(anchor);
      number.setRotationAngle(-Math.PI / 2);
    }
    return number;
  }

  private XYPlot shares() {
    XYIntervalSeries bars = new XYIntervalSeries("share");
    for (Row row : table.singleBits()) {
      double x = place(row);
      double share = row.nonZero().mean();
      bars.add(x, x - HALF_WIDTH, x + HALF_WIDTH, share, 0, share);
    }
    TickedAxis axis = new TickedAxis("non-zero weights (%)", 0, 109, Ticks.percent(0, 100, 4));
    XYPlot plot = new XYPlot(collection(bars), null, axis, barRenderer());
    Panels.dress(plot);
    plot.setDomainGridlinesVisible(false);
    return plot;
  }

  private static XYIntervalSeriesCollection collection(XYIntervalSeries series) {
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  private static XYErrorRenderer deviationLines() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultShapesVisible(false);
    renderer.setCapLength(6);
    renderer.setErrorStroke(Panels.THIN);
    renderer.setSeriesPaint(0, Lettering.INK);
    return renderer;
  }

  private static XYLineAndShapeRenderer triangles() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesShape(0, ShapeUtils.createDownTriangle(4f));
    renderer.setSeriesShapesFilled(0, false);
    renderer.setSeriesPaint(0, Lettering.INK);
    return renderer;
  }

  private static XYBarRenderer barRenderer() {
    XYBarRenderer renderer = new XYBarRenderer();
    renderer.setUseYInterval(true);
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setSeriesPaint(0, BAR);
    return renderer;
  }
}
