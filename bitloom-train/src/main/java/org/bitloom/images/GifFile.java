package org.bitloom.images;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.bitloom.images.packed.LzwLength;

/**
 * The blocks of a GIF file, up to its trailer, with a single image that covers the whole screen.
 *
 * <p>The number of packed pixels is counted and the palette is read here, because the decoder of
 * the JDK leaves black what is missing. The essence has no extensions.
 *
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF 89a</a>
 */
final class GifFile {
  private static final byte[] START = "GIF8".getBytes(StandardCharsets.US_ASCII);
  private static final int SCREEN_BYTES = 13;
  private static final int IMAGE_BYTES = 10;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int GRAPHIC_CONTROL = 0xf9;

  private final byte[] file;
  private final ByteArrayOutputStream essence = new ByteArrayOutputStream();
  private int at = SCREEN_BYTES;
  private int[] palette = {};
  private int transparent = -1;
  private boolean image;

  GifFile(byte[] bytes) {
    file = bytes;
  }

  static boolean startsLikeOne(byte[] bytes) {
    return ImageFile.startsWith(bytes, START);
  }

  ImageFile parse() throws BadImageException {
    int width = uint16(6);
    int height = uint16(8);
    takePalette(uint8(10));
    essence.write(file, 0, at);
    for (int kind = uint8(at); kind != TRAILER; kind = uint8(at)) {
      switch (kind) {
        case EXTENSION -> skipExtension();
        case IMAGE -> takeImage(width, height);
        default -> throw new BadImageException("damaged: block at byte " + at);
      }
    }
    if (!image) {
      throw new BadImageException("no image data before its end");
    }
    essence.write(TRAILER);
    if (transparent >= 0 && transparent < palette.length) {
      palette[transparent] &= 0xffffff;
    }
    Colours.Palette colours = new Colours.Palette(palette);
    return new ImageFile(
        "gif",
        width,
        height,
        colours.isGrey() ? 1 : 3,
        new ImageFile.Samples(8, 0, colours),
        0,
        essence.toByteArray());
  }

  /** Reads the colours at the current place if {@code flags} say that there are any. */
  private void takePalette(int flags) {
    if ((flags & 0x80) == 0) {
      return;
    }
    palette = new int[2 << (flags & 7)];
    for (int i = 0; i < palette.length; i++, at += 3) {
      palette[i] = 0xff << 24 | uint8(at) << 16 | uint8(at + 1) << 8 | uint8(at + 2);
    }
  }

  private void skipExtension() {
    if (uint8(at + 1) == GRAPHIC_CONTROL && uint8(at + 2) >= 4 && !image) {
      transparent = (uint8(at + 3) & 1) == 1 ? uint8(at + 6) : -1;
    }
    at += 2;
    pieces();
  }

  private void takeImage(int width, int height) throws BadImageException {
    if (image) {
      throw new BadImageException("animated, or of several images; must be one");
    }
    image = true;
    if (uint16(at + 1) != 0
        || uint16(at + 3) != 0
        || uint16(at + 5) != width
        || uint16(at + 7) != height) {
      throw new BadImageException("image covers a part of its screen, must cover all of it");
    }
    int from = at;
    at += IMAGE_BYTES;
    takePalette(uint8(from + 9));
    if (palette.length == 0) {
      throw new BadImageException("no palette");
    }
    int symbolBits = uint8(at++);
    long pixels = (long) width * height;
    byte[] packed = pieces();
    if (LzwLength.ofGif(packed, symbolBits, pixels) < pixels) {
      throw new BadImageException("image data end too early");
    }
    essence.write(file, from, at - from);
  }

  /** Moves past pieces, each after its length, to the one of length 0, and joins them. */
  private byte[] pieces() {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int length = uint8(at); length > 0; length = uint8(at)) {
      joined.write(file, at + 1, length);
      at += 1 + length;
    }
    at++;
    return joined.toByteArray();
  }

  private int uint8(int from) {
    return file[from] & 0xff;
  }

  private int uint16(int from) {
    return uint8(from) | uint8(from + 1) << 8;
  }
}
