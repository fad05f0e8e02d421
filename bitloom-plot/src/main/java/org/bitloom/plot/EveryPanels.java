package org.bitloom.plot;

import java.awt.Color;
import java.awt.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.plot.MaskTable.Row;
import org.bitloom.plot.page.Page.Block;
import org.bitloom.plot.page.TickedAxis;
import org.bitloom.plot.page.Ticks;
import org.bitloom.plot.page.Ticks.Tick;
import org.bitloom.statistics.Spread;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * The three panels of one depth side by side: bits, accuracy, non-zero share. A row per mask, and a
 * last one for what each bit adds.
 *
 * @param shown the rows of {@code table} that are drawn, some in the middle may be missing
 */
record EveryPanels(MaskTable table, List<Row> shown, Spread baseline, AccuracyScale scale) {
  /** Share of the accuracy axis that is kept for masks far below it. */
  static final double OUTLIER_SHARE = 0.08;

  private static final int FEW_ROWS = 32;
  private static final int FEW_BITS = 6;
  private static final int FRAME_HEIGHT = 80;

  /** Width of the panels without the words at their left. */
  private static final int INNER_WIDTH = 700;

  private static final int LONG_LABEL_WIDTH = 140;

  /** Width of a tick's number such as {@code 97.8} and the space beside it. */
  private static final int TICK_WIDTH = 36;

  /** Width of numbers such as {@code 98.07 ± 0.08} at the right end of a panel. */
  private static final int NUMBERS_WIDTH = 95;

  Block block() {
    int rowHeight = shown.size() <= FEW_ROWS ? 18 : 15;
    int height = (int) Math.ceil((top() - bottom()) * rowHeight) + FRAME_HEIGHT;
    return Block.chart(height, table.name(), panels());
  }

  private CombinedRangeXYPlot panels() {
    List<Tick> words = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      words.add(new Tick(position(i), shown.get(i).mask()));
    }
    if (isCut()) {
      words.add(new Tick(position(half() - 1) - 1, "..."));
    }
    words.add(new Tick(gainRow(), "gain"));
    CombinedRangeXYPlot panels =
        new CombinedRangeXYPlot(new TickedAxis("", bottom(), top(), words).bare());
    panels.setGap(10);
    int bits = table.depth() * columnWidth();
    int accuracies = (INNER_WIDTH - bits) * 65 / 100;
    panels.add(bits(), bits);
    panels.add(accuracies(accuracies), accuracies);
    panels.add(shares(INNER_WIDTH - bits - accuracies), INNER_WIDTH - bits - accuracies);
    return panels;
  }

  private int columnWidth() {
    return table.depth() <= FEW_BITS ? 48 : 32;
  }

  private boolean isCut() {
    return shown.size() < table.rows().size();
  }

  private int half() {
    return shown.size() / 2 + 1;
  }

  /** Returns where row {@code index} lies, the first on top; a cut takes the room of a row. */
  private double position(int index) {
    return shown.size() - index - (isCut() && index >= half() ? 1 : 0);
  }

  private double top() {
    return shown.size() + 0.8;
  }

  private double gainRow() {
    return position(shown.size() - 1) - 1.5;
  }

  private double bottom() {
    return gainRow() - 0.8;
  }

  private XYPlot bits() {
    List<Tick> names = new ArrayList<>();
    for (int column = 0; column < table.depth(); column++) {
      names.add(new Tick(column, table.bitName(column)));
    }
    XYBlockRenderer cells = new XYBlockRenderer();
    cells.setBlockWidth(0.9);
    cells.setBlockHeight(0.8);
    cells.setPaintScale(new AccuracyShades(scale.lower(), scale.upper()));
    TickedAxis axis = new TickedAxis("trained bit", -0.6, table.depth() - 0.4, names);
    XYPlot plot = new XYPlot(cells(), axis, null, cells);
    Panels.dress(plot);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    for (int column = 0; column < table.depth(); column++) {
      String gain = gain(column);
      plot.addAnnotation(Panels.word(gain, column, gainRow(), TextAnchor.CENTER), false);
    }
    return plot;
  }

  /** Writes the gain of a bit with as many decimals as its column has room for. */
  private String gain(int column) {
    double gain = table.gainOf(column);
    if (Double.isNaN(gain)) {
      return "?";
    }
    boolean wide = table.depth() <= FEW_BITS;
    int decimals = (wide ? 2 : 1) - (Math.abs(gain) < 9.95 ? 0 : 1);
    return String.format(Locale.ROOT, "%+." + decimals + "f", gain);
  }

  private DefaultXYZDataset cells() {
    int columns = table.depth();
    double[][] cells = new double[3][shown.size() * columns];
    for (int i = 0; i < shown.size(); i++) {
      for (int column = 0; column < columns; column++) {
        int cell = i * columns + column;
        cells[0][cell] = column;
        cells[1][cell] = position(i);
        boolean trained = shown.get(i).trains(column);
        cells[2][cell] = trained ? shown.get(i).accuracy().mean() : AccuracyShades.FROZEN;
      }
    }
    DefaultXYZDataset dataset = new DefaultXYZDataset();
    dataset.addSeries("bits", cells);
    return dataset;
  }

  private XYPlot accuracies(int width) {
    double end = scale.upper() + scale.span() * NUMBERS_WIDTH / (width - NUMBERS_WIDTH);
    int mostTicks = Math.max(2, (width - NUMBERS_WIDTH) / TICK_WIDTH);
    List<Tick> ticks = Ticks.percent(scale.lower(), scale.upper(), mostTicks);
    TickedAxis axis = new TickedAxis("test accuracy (%)", scale.axisLower(), end, ticks);
    RowMarks marks = new RowMarks();
    XYPlot plot = new XYPlot(null, axis, null, null);
    for (int i = 0; i < shown.size(); i++) {
      Spread accuracy = shown.get(i).accuracy();
      if (scale.shows(accuracy.mean())) {
        marks.dot(position(i), accuracy);
      } else {
        marks.outlier(position(i), (scale.axisLower() + scale.lower()) / 2);
      }
      plot.addAnnotation(number(Caption.spread(accuracy), end - 0.02 * scale.span(), i), false);
    }
    marks.addTo(plot);
    Panels.dress(plot);
    addBaseline(plot, end);
    return plot;
  }

  private void addBaseline(XYPlot plot, double end) {
    if (scale.hasRoomBelow()) {
      plot.addDomainMarker(
          new ValueMarker(scale.lower(), Panels.BAND_LINE, Panels.THIN), Layer.BACKGROUND);
    }
    if (!baseline.isEmpty()) {
      plot.addDomainMarker(Panels.band(baseline), Layer.BACKGROUND);
      plot.addDomainMarker(Panels.middle(baseline), Layer.BACKGROUND);
      List<Tick> word = List.of(new Tick(baseline.mean(), "float"));
      plot.setDomainAxis(1, new TickedAxis("", scale.axisLower(), end, word).bare());
      plot.setDomainAxisLocation(1, AxisLocation.TOP_OR_LEFT);
    }
  }

  private XYPlot shares(int width) {
    double numbers = 55;
    double end = 100 + 100 * numbers / (width - numbers);
    String label = width < LONG_LABEL_WIDTH ? "non-zero (%)" : "non-zero weights (%)";
    TickedAxis axis = new TickedAxis(label, 0, end, Ticks.percent(0, 100, 2));
    RowMarks marks = new RowMarks();
    XYPlot plot = new XYPlot(null, axis, null, null);
    for (int i = 0; i < shown.size(); i++) {
      double share = shown.get(i).nonZero().mean();
      marks.bar(position(i), share);
      plot.addAnnotation(number(Caption.percent(share), end - 4, i), false);
    }
    marks.addTo(plot);
    Panels.dress(plot);
    return plot;
  }

  private XYTextAnnotation number(String word, double end, int index) {
    return Panels.word(word, end, position(index), TextAnchor.CENTER_RIGHT);
  }

  /**
   * Shades of one blue, darker for higher accuracy, all well darker than a frozen bit, in grey too.
   *
   * @param lower the accuracy in percent of the lightest shade, and of all below
   * @param upper that of the darkest
   */
  record AccuracyShades(double lower, double upper) implements PaintScale {
    /** In place of an accuracy: the bit is frozen. */
    static final double FROZEN = -1;

    private static final Color EMPTY = new Color(0xF0F0F0);
    private static final int[] LIGHT = {0x9E, 0xC9, 0xE2};
    private static final int[] DARK = {0x08, 0x30, 0x6B};

    @Override
    public double getLowerBound() {
      return lower;
    }

    @Override
    public double getUpperBound() {
      return upper;
    }

    @Override
    public Paint getPaint(double accuracy) {
      if (accuracy == FROZEN) {
        return EMPTY;
      }
      double share = Math.min(1, Math.max(0, (accuracy - lower) / (upper - lower)));
      int[] mixed = new int[3];
      for (int i = 0; i < 3; i++) {
        mixed[i] = (int) Math.round(LIGHT[i] + share * (DARK[i] - LIGHT[i]));
      }
      return new Color(mixed[0], mixed[1], mixed[2]);
    }
  }
}
