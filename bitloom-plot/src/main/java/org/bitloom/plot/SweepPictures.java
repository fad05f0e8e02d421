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

/** Draws the pictures of a sweep. */
public final class SweepPictures {
  /** Pixels of the PNG per unit of the layout, enough for print at the width of a page. */
  private static final int PNG_SCALE = 2;

  /** Of a PNG, which takes 6,400 bytes of memory for each. */
  private static final int MOST_PNG_ROWS = 20_000;

  private SweepPictures() {}

  /**
   * Writes every picture that applies as SVG and PNG, in place of older ones.
   *
   * <p>What the machine cannot draw, such as a PNG without any font, is left out and remarked on.
   *
   * @param folder exists
   * @throws IOException if a file cannot be written; those before it are there and whole
   */
  public static Files draw(SweepResults results, Path folder) throws IOException {
    List<Path> written = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Picture picture : Picture.applicableTo(results.points())) {
      Path svg = folder.resolve(picture.fileName() + ".svg");
      AtomicFiles.write(svg, out -> writeSvg(picture, results, out));
      written.add(svg);
      Path png = folder.resolve(picture.fileName() + ".png");
      try {
        AtomicFiles.write(png, out -> writePng(picture, results, out));
        written.add(png);
      } catch (FailureException e) {
        remarks.add(e.getMessage() + "; " + e.hint());
      }
    }
    return new Files(written, remarks);
  }

  /**
   * Writes one picture as SVG: UTF-8, text as text, the same bytes for the same results.
   *
   * @param out stays open
   * @throws IllegalArgumentException if the picture does not apply
   */
  public static void writeSvg(Picture picture, SweepResults results, OutputStream out)
      throws IOException {
    Page page = page(picture, results);
    SvgCanvas canvas = SvgCanvas.blank();
    page.draw(canvas);
    List<String> words = new ArrayList<>();
    words.add(page.title());
    words.addAll(page.caption());
    canvas.writeTo(out, page.height(), words);
    out.flush();
  }

  /**
   * Writes one picture as PNG, twice as many pixels wide as the SVG.
   *
   * @param out stays open
   * @throws IllegalArgumentException if the picture does not apply
   * @throws FailureException if this Java has no font to write with, or if the picture, with very
   *     many groups, is higher than 20,000 pixels
   */
  public static void writePng(Picture picture, SweepResults results, OutputStream out)
      throws IOException {
    Page page = page(picture, results);
    demandRoom(picture, page);
    MachineFonts.demandOne(picture.fileName());
    BufferedImage image = paint(page);
    if (!ImageIO.write(image, "png", out)) {
      throw new IOException("the JDK must be able to write PNG, found no writer");
    }
  }

  private static void demandRoom(Picture picture, Page page) {
    if (page.height() * PNG_SCALE > MOST_PNG_ROWS) {
      throw new FailureException(
          picture.fileName()
              + ".png must be at most "
              + MOST_PNG_ROWS
              + " pixels high, got "
              + page.height() * PNG_SCALE,
          "use " + picture.fileName() + ".svg, or vary fewer settings in one sweep");
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

  private static Page page(Picture picture, SweepResults results) {
    if (!Picture.applicableTo(results.points()).contains(picture)) {
      throw new IllegalArgumentException(
          "the points must suit the picture '"
              + picture.fileName()
              + "', got "
              + results.points().size()
              + " that do not");
    }
    return switch (picture) {
      case ACCURACY -> AccuracyPicture.of(results);
      case EVERY -> EveryPicture.of(results);
      case SINGLE -> SinglePicture.of(results);
    };
  }

  /**
   * Reports what drawing left in the folder.
   *
   * @param written the files, in the order of the pictures, SVG before PNG
   * @param remarks one sentence for each file that could not be made, with what to do about it
   */
  public record Files(List<Path> written, List<String> remarks) {
    public Files {
      written = List.copyOf(written);
      remarks = List.copyOf(remarks);
    }
  }
}
