package org.bitloom.images;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bitloom.images.packed.TiffEssence;
import org.bitloom.images.packed.TiffPieces;
import org.bitloom.images.packed.TiffTags;

/**
 * The first directory of a TIFF file, and its strips or tiles.
 *
 * <p>All packed pixels are counted, because the decoder of the JDK leaves black what is missing.
 * The essence has one directory of the tags that decide pixels, and samples that are as stored:
 * palettes and greys from white to black are looked up by ourselves.
 */
final class TiffFile {
  private static final byte[] LITTLE = {'I', 'I', 42, 0};
  private static final byte[] BIG = {'M', 'M', 0, 42};

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int PACKING = 259;
  private static final int MEANING = 262;
  private static final int SAMPLES = 277;
  private static final int ROWS = 278;
  private static final int PREDICTOR = 317;
  private static final int COLOUR_MAP = 320;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int EXTRA = 338;
  private static final int KIND_OF_SAMPLES = 339;
  private static final int LAYOUT = 284;
  private static final int ORDER_OF_BITS = 266;

  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int PALETTE = 3;

  private final byte[] file;
  private final TiffTags tags;
  private final int width;
  private final int height;
  private final int meaning;
  private final int samples;
  private final int bits;

  TiffFile(byte[] bytes) {
    file = bytes;
    tags = TiffTags.parse(bytes);
    width = tags.one(WIDTH, 0);
    height = tags.one(HEIGHT, 0);
    meaning = tags.one(MEANING, -1);
    samples = tags.one(SAMPLES, 1);
    bits = tags.one(BITS, 1);
  }

  static boolean startsLikeOne(byte[] bytes) {
    return ImageFile.startsWith(bytes, LITTLE) || ImageFile.startsWith(bytes, BIG);
  }

  ImageFile parse() throws BadImageException {
    checkColours();
    checkLayout();
    if (width < 1 || height < 1) {
      throw new BadImageException(width + "x" + height + " pixels, must be 1x1 or more");
    }
    Colours colours = colours();
    boolean grey = meaning != RGB && !(colours instanceof Colours.Palette table && !table.isGrey());
    return new ImageFile(
        "tiff",
        width,
        height,
        grey ? 1 : 3,
        new ImageFile.Samples(Math.max(bits, 8), 0, colours),
        0,
        essence());
  }

  private void checkColours() throws BadImageException {
    if (meaning < WHITE_IS_ZERO || meaning > PALETTE) {
      throw new BadImageException(
          meaning == 5
              ? "colours are CMYK, must be RGB or grey"
              : "colours are of kind " + meaning + ", must be RGB, grey or a palette");
    }
    long[] all = tags.all(BITS);
    boolean alike = Arrays.stream(all).allMatch(one -> one == bits);
    boolean known =
        switch (bits) {
          case 1, 4 -> meaning != RGB && samples == 1;
          case 8 -> true;
          case 16 -> meaning == RGB || meaning == BLACK_IS_ZERO;
          default -> false;
        };
    if (!known || !alike || (all.length > 0 && all.length < samples)) {
      throw new BadImageException(
          "samples of " + Arrays.toString(all) + " bits, must be 8 or 16, or 1 or 4 of one grey");
    }
    if (Arrays.stream(tags.all(KIND_OF_SAMPLES)).anyMatch(kind -> kind != 1)) {
      throw new BadImageException("samples are signed or floating-point, must be unsigned");
    }
    checkExtra(samples - (meaning == RGB ? 3 : 1));
  }

  private void checkExtra(int extra) throws BadImageException {
    int kind = tags.one(EXTRA, 0);
    boolean opacity = kind == 1 || kind == 2;
    boolean mayBe = meaning == RGB || meaning == BLACK_IS_ZERO;
    if (extra != 0 && (extra != 1 || !opacity || !mayBe)) {
      throw new BadImageException(
          samples + " samples per pixel that are not all colour or opacity");
    }
  }

  private void checkLayout() throws BadImageException {
    if (samples > 1 && tags.one(LAYOUT, 1) != 1) {
      throw new BadImageException("each colour lies apart, must be pixel by pixel");
    }
    if (tags.one(ORDER_OF_BITS, 1) != 1) {
      throw new BadImageException("bits are in reverse order");
    }
    int predictor = tags.one(PREDICTOR, 1);
    if (predictor != 1 && (predictor != 2 || bits < 8)) {
      throw new BadImageException("unknown kind of TIFF, predictor " + predictor);
    }
  }

  private Colours colours() throws BadImageException {
    if (meaning != PALETTE && meaning != WHITE_IS_ZERO) {
      return Colours.PLAIN;
    }
    int[] argb = new int[1 << bits];
    long[] map = tags.all(COLOUR_MAP);
    if (meaning == PALETTE && map.length != 3 * argb.length) {
      throw new BadImageException(
          "palette of " + map.length + " numbers, must be " + 3 * argb.length);
    }
    for (int i = 0; i < argb.length; i++) {
      int grey = 255 - i * 255 / (argb.length - 1);
      argb[i] =
          meaning == WHITE_IS_ZERO
              ? argb(grey, grey, grey)
              : argb(map[i] >> 8, map[i + argb.length] >> 8, map[i + 2 * argb.length] >> 8);
    }
    return new Colours.Palette(argb);
  }

  private static int argb(long red, long green, long blue) {
    return (int) (0xff000000L | red << 16 | green << 8 | blue);
  }

  private byte[] essence() {
    TiffPieces pieces = new TiffPieces(tags, width, height, bits * samples);
    Map<Integer, long[]> entries = new TreeMap<>();
    entries.put(WIDTH, new long[] {width});
    entries.put(HEIGHT, new long[] {height});
    long[] each = new long[samples];
    Arrays.fill(each, bits);
    entries.put(BITS, each);
    entries.put(PACKING, new long[] {tags.one(PACKING, 1)});
    entries.put(MEANING, new long[] {meaning == RGB ? RGB : BLACK_IS_ZERO});
    entries.put(SAMPLES, new long[] {samples});
    entries.put(PREDICTOR, new long[] {tags.one(PREDICTOR, 1)});
    if (pieces.isTiled()) {
      entries.put(TILE_WIDTH, new long[] {pieces.tileWidth()});
      entries.put(TILE_HEIGHT, new long[] {pieces.tileHeight()});
    } else {
      entries.put(ROWS, new long[] {pieces.stripRows()});
    }
    if (samples == 2 || samples == 4) {
      entries.put(EXTRA, new long[] {tags.one(EXTRA, 0)});
    }
    return TiffEssence.write(TiffTags.order(file), entries, pieces.cut(file), pieces.isTiled());
  }
}
