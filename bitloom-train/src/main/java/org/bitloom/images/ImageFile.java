package org.bitloom.images;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An image file whose structure was checked from its first byte to the end of its pixels.
 *
 * @param format {@code png}, {@code jpeg} and so on, told by the bytes, not by the name of the file
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param channels 1 = grey, 3 = colour; what the file can hold, whatever its pixels are
 * @param samples how the file holds its pixels
 * @param leastBytes that pixels of this number need; in fewer there cannot be so many
 * @param essence the same file without what does not belong to the pixels: colour profiles,
 *     previews, orientation and text
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the decoder at once, compared by nobody
record ImageFile(
    String format,
    int width,
    int height,
    int channels,
    Samples samples,
    long leastBytes,
    byte[] essence) {
  /** Ends of the names of files that count as images, in upper or lower case. */
  static final List<String> SUFFIXES =
      List.of(".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff");

  static final String SUFFIX_WORDS = ".png, .jpg, .jpeg, .webp, .bmp, .gif, .tif or .tiff";

  static final String FORMAT_WORDS = "PNG, JPEG, WebP, BMP, GIF or TIFF";

  /** Java arrays end here, and one image is at most one array. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8;

  /**
   * How a file holds its pixels.
   *
   * @param bits per sample, 1..16; of a palette those of its colours
   * @param significantBits that are said to carry something; 0 = nothing is said
   * @param colours what the samples stand for
   */
  record Samples(int bits, int significantBits, Colours colours) {
    static final Samples EIGHT_BITS = new Samples(8, 0, Colours.PLAIN);
  }

  ImageFile {
    if (width < 1 || height < 1 || (long) width * height > MAX_BYTES / 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%dx%d pixels, must be 1x1 to 2^31 bytes in all", width, height));
    }
  }

  /**
   * Checks the structure of a whole file.
   *
   * @throws BadImageException if it is damaged, cut off, or of no format that is read
   */
  static ImageFile parse(byte[] bytes) throws BadImageException {
    if (bytes.length == 0) {
      throw new BadImageException("empty file");
    }
    try {
      return parseAny(bytes);
    } catch (IllegalArgumentException e) {
      throw new BadImageException(e.getMessage());
    } catch (IndexOutOfBoundsException e) { // a number beyond the end, or that says where one is
      throw new BadImageException("cut off, or a length in it is damaged");
    }
  }

  private static ImageFile parseAny(byte[] bytes) throws BadImageException {
    if (PngFile.startsLikeOne(bytes)) {
      return new PngFile(bytes).parse();
    }
    if (JpegFile.startsLikeOne(bytes)) {
      return new JpegFile(bytes).parse();
    }
    if (WebpFile.startsLikeOne(bytes)) {
      return new WebpFile(bytes).parse();
    }
    if (GifFile.startsLikeOne(bytes)) {
      return new GifFile(bytes).parse();
    }
    if (TiffFile.startsLikeOne(bytes)) {
      return new TiffFile(bytes).parse();
    }
    if (BmpFile.startsLikeOne(bytes)) {
      return new BmpFile(bytes).parse();
    }
    throw new BadImageException("not " + FORMAT_WORDS);
  }

  static boolean hasSuffix(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(lower::endsWith);
  }

  static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
