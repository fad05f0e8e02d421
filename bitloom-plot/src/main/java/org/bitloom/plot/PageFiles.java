package org.bitloom.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.bitloom.error.FailureException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.plot.page.MachineFonts;
import org.bitloom.plot.page.Page;
import org.bitloom.plot.page.SvgCanvas;

/** Writes pages as SVG and PNG. */
final class PageFiles {
  /** Pixels of the PNG per unit of the layout, enough for print at the width of a page. */
  private static final int PNG_SCALE = 2;

  /** Of a PNG, which takes 6,400 bytes of memory for each. */
  private static final int MOST_PNG_ROWS = 20_000;

  private PageFiles() {}

  /** Writes {@code NAME.svg} and, if the machine can draw it, {@code NAME.png}. */
  static SweepPictures.Files draw(Page page, String name, Path folder) throws IOException {
    List<Path> written = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    Path svg = folder.resolve(name + ".svg");
    AtomicFiles.write(svg, out -> writeSvg(page, out));
    written.add(svg);
    Path png = folder.resolve(name + ".png");
    try {
      AtomicFiles.write(png, out -> writePng(page, name, out));
      written.add(png);
    } catch (FailureException e) {
      remarks.add(e.getMessage() + "; " + e.hint());
    }
    return new SweepPictures.Files(written, remarks);
  }

  static void writeSvg(Page page, OutputStream out) throws IOException {
    SvgCanvas canvas = SvgCanvas.blank();
    page.draw(canvas);
    List<String> words = new ArrayList<>();
    words.add(page.title());
    words.addAll(page.caption());
    canvas.writeTo(out, page.height(), words);
    out.flush();
  }

  static void writePng(Page page, String name, OutputStream out) throws IOException {
    demandRoom(page, name);
    MachineFonts.demandOne(name);
    BufferedImage image = paint(page);
    if (!ImageIO.write(image, "png", out)) {
      throw new IOException("the JDK must be able to write PNG, found no writer");
    }
  }

  private static void demandRoom(Page page, String name) {
    if (page.height() * PNG_SCALE > MOST_PNG_ROWS) {
      throw new FailureException(
          name
              + ".png must be at most "
              + MOST_PNG_ROWS
              + " pixels high, got "
              + page.height() * PNG_SCALE,
          "use " + name + ".svg, or vary fewer settings in one sweep");
    }
  }

  private static BufferedImage paint(Page page) {
    BufferedImage image =
        new BufferedImage(
            Page.WIDTH * PNG_SCALE, page.height() * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.scale(PNG_SCALE, PNG_SCALE);
    page.draw(canvas);
    canvas.dispose();
    return image;
  }
}
