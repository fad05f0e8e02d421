package org.bitloom.images;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bitloom.images.choice.ImageSize;
import org.bitloom.images.choice.Preparation;
import org.bitloom.images.choice.SampleRange;

/**
 * Turns image files into bytes with the decoders of the JDK, WebP with that of TwelveMonkeys.
 *
 * <p>Values are taken as stored: no colour profile, no gamma, no turning by orientation. 16 bits
 * are rounded to 8, all of them or a range. What is transparent is laid on white, as a viewer shows
 * it: drawings often are black on nothing, and without a ground nothing but black would be left.
 */
final class ImageDecoder {
  private static final Map<String, ImageReaderSpi> READERS =
      Map.of(
          "png", readerOfTheJdk("png"),
          "jpeg", readerOfTheJdk("jpeg"),
          "gif", readerOfTheJdk("gif"),
          "bmp", readerOfTheJdk("bmp"),
          "tiff", readerOfTheJdk("tiff"),
          "webp", new WebPImageReaderSpi());

  private static final String CUT = "image data end too early";
  private static final int SIXTEEN = 16;
  private static final int WHITE = 255;

  private final Raster raster;
  private final ImageFile file;
  private final Optional<SampleRange> range;
  private final boolean alpha;
  private final BitSet seen = new BitSet();

  private ImageDecoder(BufferedImage image, ImageFile file, Optional<SampleRange> range) {
    this.raster = image.getRaster();
    this.file = file;
    this.range = range;
    alpha = image.getColorModel().hasAlpha();
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

  /** Decodes an image as it is. */
  static byte[] decode(ImageFile file) throws BadImageException {
    return decode(file, Preparation.NONE, new SixteenBits.Gathered());
  }

  /**
   * Decodes an image.
   *
   * @param used hears which samples it uses, if they have 16 bits
   * @return unsigned bytes {@code [channels, height, width]} with the channels of {@code file}, in
   *     its size or that of {@code preparation}
   * @throws BadImageException if the decoder fails or only guesses
   */
  static byte[] decode(ImageFile file, Preparation preparation, SixteenBits.Gathered used)
      throws BadImageException {
    if (file.essence().length < file.leastBytes()) { // before memory is taken for so many pixels
      throw new BadImageException(CUT);
    }
    try {
      BufferedImage image = read(file);
      if (image.getWidth() != file.width() || image.getHeight() != file.height()) {
        throw new BadImageException(
            "header says " + file.width() + "x" + file.height() + ", decoder finds another size");
      }
      ImageDecoder decoder = new ImageDecoder(image, file, preparation.range());
      byte[] planes = decoder.planes();
      if (file.samples().bits() == SIXTEEN) {
        used.add(decoder.seen, file.samples().significantBits());
      }
      ImageSize size = new ImageSize(file.width(), file.height());
      return AreaAverage.scale(planes, size, preparation.size().orElse(size));
    } catch (BadImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // what a decoder throws at damage is not specified
      throw new BadImageException(reason(e));
    }
  }

  private static String reason(Exception e) {
    Throwable reason = e.getCause() instanceof IOException cause ? cause : e;
    if (reason instanceof EOFException) {
      return CUT;
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
      if (image.isAlphaPremultiplied()) { // a kind of TIFF
        image.coerceData(false);
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  private byte[] planes() throws BadImageException {
    int channels = file.channels();
    int width = file.width();
    int height = file.height();
    byte[] planes = new byte[channels * height * width];
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    int[] colour = new int[4];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int opacity = pixel(row, x * bands, colour);
        for (int c = 0; c < channels; c++) {
          planes[(c * height + y) * width + x] = (byte) onWhite(colour[c], opacity);
        }
      }
    }
    return planes;
  }

  private static int onWhite(int colour, int opacity) {
    return opacity == WHITE
        ? colour
        : (colour * opacity + WHITE * (WHITE - opacity) + WHITE / 2) / WHITE;
  }

  /** Puts the channels of one pixel into {@code colour} and returns how opaque it is, 0..255. */
  private int pixel(int[] row, int at, int[] colour) throws BadImageException {
    Colours colours = file.samples().colours();
    if (colours instanceof Colours.Palette palette) {
      if (row[at] >= palette.argb().length) {
        throw new BadImageException(
            "a pixel has colour " + row[at] + " of a palette of " + palette.argb().length);
      }
      int argb = palette.argb()[row[at]];
      colour[0] = argb >> 16 & 0xff;
      colour[1] = argb >> 8 & 0xff;
      colour[2] = argb & 0xff;
      return argb >>> 24;
    }
    int opacity = WHITE;
    if (colours instanceof Colours.OneTransparent transparent && transparent.is(row, at)) {
      opacity = 0;
    } else if (alpha) {
      int last = raster.getNumBands() - 1;
      opacity = eightBits(row[at + last], last);
    }
    for (int c = 0; c < file.channels(); c++) {
      colour[c] = shade(row[at + c], c, opacity);
    }
    return opacity;
  }

  private int shade(int sample, int band, int opacity) {
    if (file.samples().bits() != SIXTEEN) {
      return eightBits(sample, band);
    }
    if (opacity > 0) {
      seen.set(sample);
    }
    return range.orElse(SampleRange.ALL).scale(sample);
  }

  private int eightBits(int value, int band) {
    int bits = raster.getSampleModel().getSampleSize(band);
    int most = (1 << bits) - 1;
    return bits == 8 ? value : (value * WHITE + most / 2) / most;
  }
}
