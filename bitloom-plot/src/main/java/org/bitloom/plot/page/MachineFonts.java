package org.bitloom.plot.page;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.bitloom.error.FailureException;

/** The fonts of the machine, which a PNG needs and a container may lack. */
public final class MachineFonts {
  private MachineFonts() {}

  /**
   * Checks that this Java can write a word into an image.
   *
   * @throws FailureException if it cannot
   */
  public static void demandOne(String fileName) {
    try {
      Graphics2D canvas = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB).createGraphics();
      canvas.setFont(Lettering.TEXT);
      canvas.drawString("0", 1, 8);
      canvas.dispose();
    } catch (RuntimeException | Error e) {
      // By version and by what is missing, AWT throws RuntimeException, Error, InternalError,
      // AWTError, UnsatisfiedLinkError or NoClassDefFoundError.
      if (e instanceof OutOfMemoryError || e instanceof StackOverflowError) {
        throw e;
      }
      FailureException failure =
          new FailureException(
              fileName + ".png needs a font, this Java can use none (" + reason(e) + ")",
              "use " + fileName + ".svg, or install fontconfig and a font such as DejaVu Sans");
      failure.initCause(e);
      throw failure;
    }
  }

  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
