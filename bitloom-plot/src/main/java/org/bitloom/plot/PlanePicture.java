package org.bitloom.plot;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.plot.page.DotLetters;

/**
 * Draws bit-planes: a panel per bit, the sign first, with a pixel or more per weight.
 *
 * <p>A weight of shape {@code [out, ...]} is the matrix [out, rest] in row-major order; that of a
 * dense layer that looks at an image is a tile of the image's shape for each unit; of such a layer
 * the weights themselves come first, purple above zero and orange below. A 1 is dark, black in
 * trained planes and blue in frozen ones.
 */
public final class PlanePicture {
  private static final long MOST_PIXELS = 100_000_000;
  private static final int PAGE_WIDTH = 1640;
  private static final int GAP = 12;
  private static final int LABEL = 18;
  private static final int TRAINED = 0x000000;
  private static final int FROZEN = 0x4878b0;
  private static final int PAPER = 0xffffff;
  private static final int FRAME = 0xa0a0a0;
  private static final int ABOVE_ZERO = 0x542788;
  private static final int BELOW_ZERO = 0xb35806;

  private final List<Grid> grids;

  private PlanePicture(List<Grid> grids) {
    this.grids = List.copyOf(grids);
  }

  /** Draws layers as matrices, below each other. */
  public static PlanePicture ofMatrices(List<BitTensor> layers) {
    return new PlanePicture(
        layers.stream().map(layer -> new Grid(layer, PlanePanel.ofMatrix(layer))).toList());
  }

  /**
   * Draws layers of a model, below each other.
   *
   * @param layers of the model's tensors
   */
  public static PlanePicture of(BitModel model, List<BitTensor> layers) {
    return new PlanePicture(
        layers.stream().map(layer -> new Grid(layer, PlanePanel.of(model, layer))).toList());
  }

  /** Where the panels of a layer go. */
  private record Grid(BitTensor layer, PlanePanel panel) {
    /** Returns how many panels there are: one per bit, and one of whole weights before them. */
    int panels() {
      return layer.layout().depth() + (panel.ofUnits() ? 1 : 0);
    }

    /** Returns the bit that a panel shows; the depth for the whole weight. */
    int bit(int number) {
      return panels() - 1 - number;
    }

    long cellWidth() {
      return GAP + Math.max(PlanePanel.SMALLEST, panel.width());
    }

    long cellHeight() {
      return LABEL + panel.height() + GAP;
    }

    int across() {
      return (int) Math.max(1, Math.min(panels(), (PAGE_WIDTH - GAP) / cellWidth()));
    }

    long width() {
      return GAP + across() * cellWidth();
    }

    long height() {
      return LABEL + (panels() + across() - 1) / across() * cellHeight();
    }

    String title() {
      String shape = layer.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
      String units = panel.weights() < layer.size() ? "  first units" : "";
      return layer.name() + "  " + shape + "  " + layer.layout().mask() + units;
    }
  }

  private long width() {
    long titles =
        grids.stream().mapToLong(grid -> DotLetters.widthOf(grid.title())).max().orElse(0);
    long panels = grids.stream().mapToLong(Grid::width).max().orElse(0);
    return Math.max(panels, titles + 2 * GAP);
  }

  private long height() {
    return GAP + grids.stream().mapToLong(Grid::height).sum();
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
    Pen pen = new Pen(picture.getRaster(), 0, 0);
    pen.fill(0, 0, picture.getWidth(), picture.getHeight(), PAPER);
    int top = GAP;
    for (Grid grid : grids) {
      draw(grid, pen, top);
      top += (int) grid.height();
    }
    return picture;
  }

  /**
   * Draws on a raster and not on Java's canvas, which may ask for the fonts of the machine.
   *
   * @param left where x is 0
   * @param top where y is 0
   */
  private record Pen(WritableRaster raster, int left, int top) {
    Pen at(int x, int y) {
      return new Pen(raster, left + x, top + y);
    }

    void fill(int x, int y, int width, int height, int colour) {
      int[] row = new int[3 * width];
      for (int i = 0; i < row.length; i++) {
        row[i] = parts(colour)[i % 3];
      }
      for (int line = top + y; line < top + y + height; line++) {
        raster.setPixels(left + x, line, width, 1, row);
      }
    }

    void write(String text, int x, int y, int colour) {
      DotLetters.write(raster, text, left + x, top + y, parts(colour));
    }

    /** Returns a colour that is thinned with the paper's: all of it at 1, none at 0. */
    static int mixed(int colour, float share) {
      int mixed = 0;
      for (int i = 0; i < 3; i++) {
        int paper = parts(PAPER)[i];
        mixed = mixed << 8 | Math.round(paper + share * (parts(colour)[i] - paper));
      }
      return mixed;
    }

    private static int[] parts(int colour) {
      return new int[] {colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff};
    }
  }

  private static void draw(Grid grid, Pen pen, int top) {
    BitTensor layer = grid.layer();
    pen.write(grid.title(), GAP, top + LABEL - GAP / 2, TRAINED);
    for (int number = 0; number < grid.panels(); number++) {
      int bit = grid.bit(number);
      int x = GAP + (int) (number % grid.across() * grid.cellWidth());
      int y = top + LABEL + (int) (number / grid.across() * grid.cellHeight());
      boolean whole = bit > layer.layout().signBit();
      boolean trained = whole || layer.layout().isTrained(bit);
      int ink = trained ? TRAINED : FROZEN;
      String name = bit == layer.layout().signBit() ? "sign" : "bit " + bit;
      String label = whole ? "weights" : name + (trained ? " trained" : " frozen");
      pen.write(label, x, y + LABEL - GAP / 2, ink);
      IntUnaryOperator colours = whole ? weights(layer) : plane(layer, bit, ink);
      draw(grid.panel(), pen.at(x, y + LABEL), colours);
    }
  }

  private static IntUnaryOperator plane(BitTensor layer, int bit, int ink) {
    return i -> (layer.code(i) >>> bit & 1) == 0 ? PAPER : ink;
  }

  private static IntUnaryOperator weights(BitTensor layer) {
    float[] values = layer.weights();
    float largest = Float.MIN_VALUE;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    float most = largest;
    return i -> Pen.mixed(values[i] < 0 ? BELOW_ZERO : ABOVE_ZERO, Math.abs(values[i]) / most);
  }

  private static void draw(PlanePanel panel, Pen pen, IntUnaryOperator colours) {
    pen.fill(-1, -1, (int) panel.width() + 2, (int) panel.height() + 2, FRAME);
    if (panel.ofUnits()) {
      pen.fill(-1, -1, (int) panel.width() + 2, (int) panel.height() + 2, PAPER);
      for (int tile = 0; tile < panel.tiles(); tile++) {
        pen.fill(
            panel.tileX(tile) - 1,
            panel.tileY(tile) - 1,
            panel.tileWidth() * panel.zoom() + 2,
            panel.tileHeight() * panel.zoom() + 2,
            FRAME);
      }
    }
    for (int i = 0; i < panel.weights(); i++) {
      pen.fill(panel.x(i), panel.y(i), panel.zoom(), panel.zoom(), colours.applyAsInt(i));
    }
  }
}
