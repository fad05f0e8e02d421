package org.bitloom.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Differences from baselines, each with its interval of confidence and the bound it is held
 * against.
 *
 * @param title of the picture
 * @param lines from top to bottom, at least one
 * @param caption one paragraph each
 */
public record Differences(String title, List<Line> lines, List<String> caption) {
  /**
   * One difference in points.
   *
   * @param name what is compared with what
   * @param mean difference
   * @param low lower end of its interval; NaN = there is none
   * @param high upper end of its interval; NaN = there is none
   * @param bound above which the difference must lie
   */
  public record Line(String name, double mean, double low, double high, double bound) {
    double least() {
      return Math.min(Double.isNaN(low) ? mean : low, bound);
    }

    double greatest() {
      return Math.max(Double.isNaN(high) ? mean : high, bound);
    }
  }

  public Differences {
    lines = List.copyOf(lines);
    caption = List.copyOf(caption);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a picture of differences must have a line, got none");
    }
  }

  /**
   * Writes {@code NAME.svg} and {@code NAME.png}, in place of older ones.
   *
   * @param folder exists
   */
  public SweepPictures.Files draw(Path folder, String name) throws IOException {
    return PageFiles.draw(DifferencePicture.of(this), name, folder);
  }

  /** Writes the picture as SVG: the same bytes for the same differences. */
  public void writeSvg(OutputStream out) throws IOException {
    PageFiles.writeSvg(DifferencePicture.of(this), out);
  }
}
