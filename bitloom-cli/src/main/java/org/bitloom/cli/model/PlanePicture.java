package org.bitloom.cli.model;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.bitloom.cli.command.Figures;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.model.BitTensor;

/**
 * Draws bit-planes: a panel per bit, the sign first, with a pixel or more per weight.
 *
 * <p>A weight of shape {@code [out, ...]} is the matrix [out, rest] in row-major order. A 1 is
 * dark, black in trained planes and blue in frozen ones.
 *
 * @param layers whose planes are drawn, below each other
 */
record PlanePicture(List<BitTensor> layers) {
  private static final long MOST_PIXELS = 100_000_000;
  private static final int PAGE_WIDTH = 1640;

  /** Small matrices are magnified to about this size. */
  private static final int SMALLEST_PANEL = 120;

  private static final int GAP = 12;
  private static final int LABEL = 18;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final int TRAINED = 0x000000;
  private static final int FROZEN = 0x4878b0;
  private static final int PAPER = 0xffffff;
  private static final int FRAME = 0xa0a0a0;

  /** Where the panels of a layer go. */
  private record Grid(int rows, int columns, int zoom, int planes) {
    static Grid of(BitTensor layer) {
      int rows = layer.shape().isEmpty() ? 1 : layer.shape().get(0);
      int columns = layer.size() / rows;
      int zoom = Math.max(1, SMALLEST_PANEL / Math.max(rows, columns));
      return new Grid(rows, columns, zoom, layer.layout().depth());
    }

    long cellWidth() {
      return GAP + Math.max(SMALLEST_PANEL, (long) columns * zoom);
    }

    long cellHeight() {
      return LABEL + (long) rows * zoom + GAP;
    }

    int across() {
      return (int) Math.max(1, Math.min(planes, (PAGE_WIDTH - GAP) / cellWidth()));
    }

    long width() {
      return GAP + across() * cellWidth();
    }

    long height() {
      return LABEL + (planes + across() - 1) / across() * cellHeight();
    }
  }

  private long width(Graphics2D measure) {
    long titles = layers.stream().mapToLong(layer -> titleWidth(measure, layer)).max().orElse(0);
    long panels = layers.stream().mapToLong(layer -> Grid.of(layer).width()).max().orElse(0);
    return Math.max(panels, titles + 2 * GAP);
  }

  private static long titleWidth(Graphics2D measure, BitTensor layer) {
    return measure.getFontMetrics(FONT).stringWidth(title(layer));
  }

  private long height() {
    return GAP + layers.stream().mapToLong(layer -> Grid.of(layer).height()).sum();
  }

  private static String title(BitTensor layer) {
    String shape = layer.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    return layer.name() + "  " + shape + "  " + layer.layout().mask();
  }

  /**
   * Writes the picture as PNG, in place of an older one.
   *
   * @return width and height in pixels
   * @throws UsageException if it would have more than 100 million pixels
   */
  Size write(Path target) throws IOException {
    BufferedImage picture = draw();
    AtomicFiles.write(target, out -> ImageIO.write(picture, "png", out));
    return new Size(picture.getWidth(), picture.getHeight());
  }

  /** Width and height in pixels. */
  record Size(int width, int height) {}

  private BufferedImage draw() {
    BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    long width = width(scratch.createGraphics());
    long height = height();
    if (height > Integer.MAX_VALUE || width * height > MOST_PIXELS) {
      throw new UsageException(
          Figures.format(
              "the picture must have at most %,d pixels, these layers need %,d x %,d",
              MOST_PIXELS, width, height),
          "choose fewer with --layer");
    }
    BufferedImage picture =
        new BufferedImage((int) width, (int) height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = picture.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setFont(FONT);
    pen.setColor(new Color(PAPER));
    pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    int top = GAP;
    for (BitTensor layer : layers) {
      draw(layer, picture, pen, top);
      top += (int) Grid.of(layer).height();
    }
    pen.dispose();
    return picture;
  }

  private static void draw(BitTensor layer, BufferedImage picture, Graphics2D pen, int top) {
    Grid grid = Grid.of(layer);
    pen.setColor(Color.BLACK);
    pen.drawString(title(layer), GAP, top + LABEL - GAP / 2);
    for (int plane = 0; plane < grid.planes; plane++) {
      int bit = layer.layout().signBit() - plane;
      int x = GAP + (int) (plane % grid.across() * grid.cellWidth());
      int y = top + LABEL + (int) (plane / grid.across() * grid.cellHeight());
      boolean trained = layer.layout().isTrained(bit);
      String name = plane == 0 ? "sign" : "bit " + bit;
      pen.setColor(new Color(trained ? TRAINED : FROZEN));
      pen.drawString(name + (trained ? " trained" : " frozen"), x, y + LABEL - GAP / 2);
      y += LABEL;
      pen.setColor(new Color(FRAME));
      pen.drawRect(x - 1, y - 1, grid.columns * grid.zoom + 1, grid.rows * grid.zoom + 1);
      dots(layer, bit, picture.getRaster(), new int[] {x, y});
    }
  }

  private static void dots(BitTensor layer, int bit, WritableRaster raster, int[] corner) {
    Grid grid = Grid.of(layer);
    int ink = layer.layout().isTrained(bit) ? TRAINED : FROZEN;
    int[] colour = {ink >> 16 & 0xff, ink >> 8 & 0xff, ink & 0xff};
    for (int i = 0; i < layer.size(); i++) {
      if ((layer.code(i) >>> bit & 1) != 0) {
        int x = corner[0] + i % grid.columns * grid.zoom;
        int y = corner[1] + i / grid.columns * grid.zoom;
        for (int dot = 0; dot < grid.zoom * grid.zoom; dot++) {
          raster.setPixel(x + dot % grid.zoom, y + dot / grid.zoom, colour);
        }
      }
    }
  }
}
