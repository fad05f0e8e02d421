package org.bitloom.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.error.FailureException;
import org.bitloom.plot.page.Page;

/** Draws the pictures of a sweep. */
public final class SweepPictures {
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
    return draw(results, folder, "");
  }

  /** Does as {@link #draw(SweepResults, Path)}; the names of the files begin with a prefix. */
  public static Files draw(SweepResults results, Path folder, String prefix) throws IOException {
    Files all = new Files(List.of(), List.of());
    for (Picture picture : Picture.applicableTo(results.points())) {
      String name = prefix + picture.fileName();
      all = all.and(PageFiles.draw(page(picture, results), name, folder));
    }
    return all;
  }

  /**
   * Writes one picture as SVG: UTF-8, text as text, the same bytes for the same results.
   *
   * @param out stays open
   * @throws IllegalArgumentException if the picture does not apply
   */
  public static void writeSvg(Picture picture, SweepResults results, OutputStream out)
      throws IOException {
    PageFiles.writeSvg(page(picture, results), out);
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
    PageFiles.writePng(page(picture, results), picture.fileName(), out);
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

    Files and(Files more) {
      List<Path> files = new ArrayList<>(written);
      files.addAll(more.written);
      List<String> sentences = new ArrayList<>(remarks);
      sentences.addAll(more.remarks);
      return new Files(files, sentences);
    }
  }
}
