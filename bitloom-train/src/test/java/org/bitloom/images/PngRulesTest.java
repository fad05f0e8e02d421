package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Judges every kind of PNG pixel by pixel by the rules of the specification. */
final class PngRulesTest {
  private static final int[][] SIZES = {{16, 17}, {1, 1}, {5, 3}, {9, 2}};

  @Test
  void greyOfEveryDepthIsRead() throws IOException {
    for (int bits : new int[] {1, 2, 4, 8, 16}) {
      for (PlainPng png : pictures(bits, PngHeader.GREY, (1 << bits) - 1)) {
        assertRead(png, new byte[0], (x, y) -> grey(png, x, y, 255));
      }
    }
  }

  @Test
  void greyWithEveryTransparentValueIsWhiteThere() throws IOException {
    for (int bits : new int[] {1, 2, 4, 8, 16}) {
      for (PlainPng png : pictures(bits, PngHeader.GREY, (1 << bits) - 1)) {
        for (int clear : clearValues(bits)) {
          byte[] chunk = Pictures.chunk("tRNS", clear >> 8, clear);
          assertRead(png, chunk, (x, y) -> grey(png, x, y, png.sample(x, y, 0) == clear ? 0 : 255));
        }
      }
    }
  }

  private static int[] clearValues(int bits) {
    return bits == 16
        ? new int[] {0, 1, 2, 255, 256, 257, 65535}
        : IntStream.range(0, 1 << bits).toArray();
  }

  /** The rule: of the two bytes only as many bits are used as a sample has. */
  @Test
  void higherBitsOfATransparentValueAreNotUsed() throws IOException {
    PlainPng png = pictures(2, PngHeader.GREY, 3).get(0);
    byte[] chunk = Pictures.chunk("tRNS", 1, 0xfe);
    assertRead(png, chunk, (x, y) -> grey(png, x, y, png.sample(x, y, 0) == 2 ? 0 : 255));
  }

  @Test
  void greyWithAlphaIsLaidOnWhite() throws IOException {
    for (int bits : new int[] {8, 16}) {
      for (PlainPng png : pictures(bits, PngHeader.GREY_ALPHA, (1 << bits) - 1)) {
        assertRead(png, new byte[0], (x, y) -> grey(png, x, y, eight(png.sample(x, y, 1), bits)));
      }
    }
  }

  @Test
  void coloursAreReadWithAndWithoutATransparentOne() throws IOException {
    for (int bits : new int[] {8, 16}) {
      for (PlainPng png : pictures(bits, PngHeader.COLOUR, (1 << bits) - 1)) {
        assertRead(png, new byte[0], (x, y) -> colour(png, x, y, 255));
        for (int clear : new int[] {0, 1, 200, 255}) {
          byte[] chunk = Pictures.chunk("tRNS", 0, clear, 0, clear, 0, clear);
          int[] all = {clear, clear, clear};
          assertRead(
              png,
              chunk,
              (x, y) -> colour(png, x, y, Arrays.equals(samples(png, x, y), all) ? 0 : 255));
        }
      }
    }
  }

  private static int[] samples(PlainPng png, int x, int y) {
    return new int[] {png.sample(x, y, 0), png.sample(x, y, 1), png.sample(x, y, 2)};
  }

  @Test
  void aColourIsTransparentOnlyIfAllSixteenBitsAreEqual() throws IOException {
    int[] samples = {0x0101, 0x0102, 0x0103, 0x0101, 0x0102, 0x0104};
    PlainPng png = new PlainPng(2, 1, 16, PngHeader.COLOUR, false, samples);
    byte[] chunk = Pictures.chunk("tRNS", 1, 1, 1, 2, 1, 3);
    assertThat(ImageDecoder.decode(ImageFile.parse(png.file(chunk))))
        .isEqualTo(Pictures.bytes(255, 1, 255, 1, 255, 1));
  }

  @Test
  void coloursWithAlphaAreLaidOnWhite() throws IOException {
    for (int bits : new int[] {8, 16}) {
      for (PlainPng png : pictures(bits, PngHeader.COLOUR_ALPHA, (1 << bits) - 1)) {
        assertRead(png, new byte[0], (x, y) -> colour(png, x, y, eight(png.sample(x, y, 3), bits)));
      }
    }
  }

  @Test
  void palettesOfEveryDepthAndLengthAreLookedUpWithTheirAlpha() throws IOException {
    for (int bits : new int[] {1, 2, 4, 8}) {
      for (int length : new int[] {1, 2, (1 << bits) - 1, 1 << bits}) {
        for (PlainPng png : pictures(bits, PngHeader.PALETTE, length - 1)) {
          for (int clear : new int[] {0, 1, length}) {
            byte[] chunks = join(palette(length), alphas(clear));
            assertRead(
                png, clear == 0 ? palette(length) : chunks, (x, y) -> looked(png, x, y, clear));
          }
        }
      }
    }
  }

  private static byte[] palette(int length) {
    int[] data = new int[3 * length];
    Arrays.setAll(data, i -> part(i / 3, i % 3));
    return Pictures.chunk("PLTE", data);
  }

  private static int part(int colour, int which) {
    return 97 * colour + 50 * which + 3 & 0xff;
  }

  private static byte[] alphas(int length) {
    int[] data = new int[length];
    Arrays.setAll(data, PngRulesTest::alpha);
    return Pictures.chunk("tRNS", data);
  }

  private static int alpha(int colour) {
    return 60 * colour & 0xff;
  }

  private static int[] looked(PlainPng png, int x, int y, int clear) {
    int colour = png.sample(x, y, 0);
    int opacity = colour < clear ? alpha(colour) : 255;
    return new int[] {
      onWhite(part(colour, 0), opacity),
      onWhite(part(colour, 1), opacity),
      onWhite(part(colour, 2), opacity)
    };
  }

  private static List<PlainPng> pictures(int bits, int colours, int most) {
    List<PlainPng> pictures = new ArrayList<>();
    for (int[] size : SIZES) {
      for (boolean interlaced : new boolean[] {false, true}) {
        pictures.add(PlainPng.random(size, bits, colours, interlaced, most));
      }
    }
    return pictures;
  }

  private static int eight(int sample, int bits) {
    int most = (1 << bits) - 1;
    return (int) Math.round(255.0 * sample / most);
  }

  private static int onWhite(int value, int opacity) {
    return (int) Math.round((value * opacity + 255.0 * (255 - opacity)) / 255);
  }

  private static int[] grey(PlainPng png, int x, int y, int opacity) {
    return new int[] {onWhite(eight(png.sample(x, y, 0), png.bits()), opacity)};
  }

  private static int[] colour(PlainPng png, int x, int y, int opacity) {
    int[] colour = new int[3];
    Arrays.setAll(colour, c -> onWhite(eight(png.sample(x, y, c), png.bits()), opacity));
    return colour;
  }

  private interface Expected {
    int[] at(int x, int y);
  }

  private static void assertRead(PlainPng png, byte[] extra, Expected expected) throws IOException {
    byte[] planes = ImageDecoder.decode(ImageFile.parse(png.file(extra)));
    int area = png.width() * png.height();
    byte[] right = new byte[planes.length];
    for (int i = 0; i < area; i++) {
      int[] colour = expected.at(i % png.width(), i / png.width());
      for (int c = 0; c < planes.length / area; c++) {
        right[c * area + i] = (byte) colour[c];
      }
    }
    assertThat(planes)
        .as("%s bits, type %s, %sx%s", png.bits(), png.colours(), png.width(), png.height())
        .isEqualTo(right);
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
