package org.bitloom.plot;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.model.BitTensor;
import org.bitloom.plot.page.DotLetters;

/**
 * Draws bit-planes: a panel per bit, the sign first, with a pixel or more per weight.
 *
 * <p>A weight of shape {@code [out, ...]} is the matrix [out, rest] in row-major order. A 1 is
 * dark, black in trained planes and blue in frozen ones.
 *
 * @param layers whose planes are drawn, below each other
 */
public record PlanePicture(List<BitTensor> layers) {
  private static final long MOST_PIXELS = 100_000_000;
  private static final int PAGE_WIDTH = 1640;

  /** Small matrices are magnified to about this size. */
  private static final int SMALLEST_PANEL = 120;

  private static final int GAP = 12;
  private static final int LABEL = 18;
  private static final int TRAINED = 0x000000;
  private static final int FROZEN = 0x4878b0;
  private static final int PAPER = 0xffffff;
  private static final int FRAME = 0xa0a0a0;

  public PlanePicture {
    layers = List.copyOf(layers);
  }

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

  private long width() {
    long titles =
        layers.stream().mapToLong(layer -> DotLetters.widthOf(title(layer))).max().orElse(0);
    long panels = layers.stream().mapToLong(layer -> Grid.of(layer).width()).max().orElse(0);
    return Math.max(panels, titles + 2 * GAP);
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
  public Size write(Path target) throws IOException {
    BufferedImage picture = draw();
    AtomicFiles.write(target, out -> ImageIO.write(picture, "png", out));
    return new Size(picture.getWidth(), picture.getHeight());
  }

  /** Width and height in pixels. */
  public record Size(int width, int height) {}

  private BufferedImage draw() {
    long width = width();
    long height = height();
    if (height > Integer.MAX_VALUE || width * height > MOST_PIXELS) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the picture must have at most %,d pixels, these layers need %,d x %,d",
              MOST_PIXELS,
              width,
              height),
          "choose fewer with --layer");
    }
    BufferedImage picture =
        new BufferedImage((int) width, (int) height, BufferedImage.TYPE_3BYTE_BGR);
    Pen pen = new Pen(picture.getRaster());
    pen.fill(0, 0, picture.getWidth(), picture.getHeight(), PAPER);
    int top = GAP;
    for (BitTensor layer : layers) {
      draw(layer, pen, top);
      top += (int) Grid.of(layer).height();
    }
    return picture;
  }

  /** Draws on a raster and not on Java's canvas, which may ask for the fonts of the machine. */
  private record Pen(WritableRaster raster) {
    void fill(int x, int y, int width, int height, int colour) {
      int[] row = new int[3 * width];
      for (int i = 0; i < row.length; i++) {
        row[i] = parts(colour)[i % 3];
      }
      for (int line = y; line < y + height; line++) {
        raster.setPixels(x, line, width, 1, row);
      }
    }

    /** Draws the frame around an area. */
    void frame(int x, int y, int width, int height) {
      fill(x - 1, y - 1, width + 2, 1, FRAME);
      fill(x - 1, y + height, width + 2, 1, FRAME);
      fill(x - 1, y, 1, height, FRAME);
      fill(x + width, y, 1, height, FRAME);
    }

    void write(String text, int x, int y, int colour) {
      DotLetters.write(raster, text, x, y, parts(colour));
    }

    private static int[] parts(int colour) {
      return new int[] {colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff};
    }
  }

  private static void draw(BitTensor layer, Pen pen, int top) {
    Grid grid = Grid.of(layer);
    pen.write(title(layer), GAP, top + LABEL - GAP / 2, TRAINED);
    for (int plane = 0; plane < grid.planes; plane++) {
      int bit = layer.layout().signBit() - plane;
      int x = GAP + (int) (plane % grid.across() * grid.cellWidth());
      int y = top + LABEL + (int) (plane / grid.across() * grid.cellHeight());
      boolean trained = layer.layout().isTrained(bit);
      int ink = trained ? TRAINED : FROZEN;
      String name = plane == 0 ? "sign" : "bit " + bit;
      pen.write(name + (trained ? " trained" : " frozen"), x, y + LABEL - GAP / 2, ink);
      y += LABEL;
      pen.frame(x, y, grid.columns * grid.zoom, grid.rows * grid.zoom);
      for (int i = 0; i < layer.size(); i++) {
        if ((layer.code(i) >>> bit & 1) != 0) {
          int left = x + i % grid.columns * grid.zoom;
          pen.fill(left, y + i / grid.columns * grid.zoom, grid.zoom, grid.zoom, ink);
        }
      }
    }
  }
}
