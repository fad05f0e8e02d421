package org.bitloom.images;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Turns image files into bytes with the decoders of the JDK.
 *
 * <p>Values are taken as stored: no colour profile, no gamma, no turning by orientation. 16 bits
 * are rounded to 8. What is transparent is laid on white, as a viewer shows it: drawings often are
 * black on nothing, and without a ground nothing but black would be left.
 */
final class ImageDecoder {
  private static final Map<String, ImageReaderSpi> READERS =
      Map.of("png", readerOfTheJdk("png"), "jpeg", readerOfTheJdk("jpeg"));

  private static final int WHITE = 255;

  private final Raster raster;
  private final int width;
  private final int height;
  private final int channels;
  private final boolean alpha;
  private final IndexColorModel palette;

  private ImageDecoder(BufferedImage image, ImageFile file) {
    raster = image.getRaster();
    width = file.width();
    height = file.height();
    channels = file.channels();
    alpha = image.getColorModel().hasAlpha();
    palette = image.getColorModel() instanceof IndexColorModel index ? index : null;
  }

  /** Another decoder on the class path must not change what a data set is. */
  private static ImageReaderSpi readerOfTheJdk(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader.getOriginatingProvider();
      }
    }
    throw new IllegalStateException("every JDK must decode " + format + ", this one does not");
  }

  /**
   * Decodes an image.
   *
   * @return unsigned bytes {@code [channels, height, width]} with the channels of {@code file}
   * @throws BadImageException if the decoder fails or only guesses
   */
  static byte[] decode(ImageFile file) throws BadImageException {
    try {
      BufferedImage image = read(file);
      if (image.getWidth() != file.width() || image.getHeight() != file.height()) {
        throw new BadImageException(
            "header says " + file.width() + "x" + file.height() + ", decoder finds another size");
      }
      return new ImageDecoder(image, file).planes();
    } catch (BadImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // what a decoder throws at damage is not specified
      throw new BadImageException(reason(e));
    }
  }

  private static String reason(Exception e) {
    Throwable reason = e.getCause() instanceof IOException cause ? cause : e;
    if (reason instanceof EOFException) {
      return "image data end too early";
    }
    return reason.getMessage() == null ? reason.toString() : reason.getMessage();
  }

  private static BufferedImage read(ImageFile file) throws IOException {
    ImageReader reader = READERS.get(file.format()).createReaderInstance();
    String[] warning = new String[1];
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file.essence()))) {
      reader.addIIOReadWarningListener((source, text) -> warning[0] = text);
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      if (warning[0] != null) {
        throw new BadImageException(warning[0]);
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  private byte[] planes() {
    byte[] planes = new byte[channels * height * width];
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    int[] colour = new int[4];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        pixel(row, x * bands, colour);
        for (int c = 0; c < channels; c++) {
          planes[(c * height + y) * width + x] = (byte) colour[c];
        }
      }
    }
    return planes;
  }

  /** Puts the channels of one pixel, on white, into {@code colour}. */
  private void pixel(int[] row, int at, int[] colour) {
    int opacity = WHITE;
    if (palette != null) {
      int rgb = palette.getRGB(row[at]);
      colour[0] = (rgb >> 16) & 0xff;
      colour[1] = (rgb >> 8) & 0xff;
      colour[2] = rgb & 0xff;
      opacity = rgb >>> 24;
    } else {
      for (int c = 0; c < channels; c++) {
        colour[c] = eightBits(row[at + c], c);
      }
      if (alpha) {
        opacity = eightBits(row[at + raster.getNumBands() - 1], raster.getNumBands() - 1);
      }
    }
    for (int c = 0; c < channels && opacity < WHITE; c++) {
      colour[c] = (colour[c] * opacity + WHITE * (WHITE - opacity) + WHITE / 2) / WHITE;
    }
  }

  private int eightBits(int value, int band) {
    int bits = raster.getSampleModel().getSampleSize(band);
    int most = (1 << bits) - 1;
    return bits == 8 ? value : (value * WHITE + most / 2) / most;
  }
}
