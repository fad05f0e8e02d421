package org.bitloom.plot.page;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.bitloom.plot.page.Ticks.Tick;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis with a fixed range and given ticks, in the lettering of all pictures. */
public final class TickedAxis extends NumberAxis {
  private static final long serialVersionUID = 1L;

  // Not serializable, and never serialized: a picture is drawn and forgotten.
  private final transient List<Tick> ticks;

  public TickedAxis(String label, double lower, double upper, List<Tick> ticks) {
    super(label.isEmpty() ? null : label);
    this.ticks = List.copyOf(ticks);
    setAutoRange(false);
    setRange(lower, upper);
    setLabelFont(Lettering.TEXT);
    setTickLabelFont(Lettering.TEXT);
    setLabelPaint(Lettering.INK);
    setTickLabelPaint(Lettering.INK);
    setAxisLinePaint(Lettering.INK);
    setTickMarkPaint(Lettering.INK);
  }

  /** Turns a percentage axis over all of 0..100, with room for markers at both ends. */
  public static TickedAxis wholePercent(String label, int mostTicks) {
    return new TickedAxis(label, -6, 109, Ticks.percent(0, 100, mostTicks));
  }

  /** Shows words only: no line, no marks. */
  public TickedAxis bare() {
    setAxisLineVisible(false);
    setTickMarksVisible(false);
    return this;
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D canvas, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor = anchorAt(edge);
    return ticks.stream()
        .map(tick -> new NumberTick(tick.position(), tick.word(), anchor, TextAnchor.CENTER, 0))
        .toList();
  }

  private static TextAnchor anchorAt(RectangleEdge edge) {
    if (RectangleEdge.LEFT.equals(edge)) {
      return TextAnchor.CENTER_RIGHT;
    }
    if (RectangleEdge.RIGHT.equals(edge)) {
      return TextAnchor.CENTER_LEFT;
    }
    return RectangleEdge.TOP.equals(edge) ? TextAnchor.BOTTOM_CENTER : TextAnchor.TOP_CENTER;
  }
}
