package org.bitloom.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.util.ShapeUtils;

/**
 * How one series is told from the others: by colour, and in grey by marker and dashes.
 *
 * <p>Colours are those of Okabe and Ito that people with any colour vision tell apart, and that
 * show on white. Markers and dashes repeat in other rhythms than colours.
 */
record SeriesLook(Color colour, Shape marker, BasicStroke line) {
  private static final float WIDTH = 1.5f;

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x000000),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x7F7F7F));

  private static final List<Shape> MARKERS =
      List.of(
          new Ellipse2D.Double(-4, -4, 8, 8),
          new Rectangle2D.Double(-3.5, -3.5, 7, 7),
          ShapeUtils.createUpTriangle(4.5f),
          ShapeUtils.createDiamond(5),
          ShapeUtils.createDownTriangle(4.5f),
          ShapeUtils.createDiagonalCross(4, 1),
          ShapeUtils.createRegularCross(5, 1));

  private static final List<float[]> DASHES =
      List.of(new float[0], new float[] {7, 3}, new float[] {2, 2}, new float[] {9, 3, 2, 3});

  static SeriesLook of(int index) {
    return new SeriesLook(
        COLOURS.get(index % COLOURS.size()),
        MARKERS.get(index % MARKERS.size()),
        stroke(DASHES.get(index % DASHES.size())));
  }

  private static BasicStroke stroke(float[] dashes) {
    float[] pattern = dashes.length == 0 ? null : dashes;
    return new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, pattern, 0f);
  }
}
