package org.bitloom.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The chunks of a WebP file: a type of four letters, a length and the data.
 *
 * <p>The essence has nothing but pixels and their opacity: no colour profile, text or animation.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">WebP container</a>
 */
final class WebpFile {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int ANIMATED = 2;
  private static final int ALPHA = 0x10;
  private static final int SIDE_BITS = 14;
  private static final int SIDE = (1 << SIDE_BITS) - 1;

  /** An image of one colour takes no bytes for its pixels, whatever its size. */
  private static final int PIXELS_FOR_NOTHING = 1 << 22;

  private static final int MOST_PIXELS = 4096;

  private final ByteBuffer file;
  private ByteBuffer canvas;
  private ByteBuffer alpha;
  private ByteBuffer pixels;
  private String coding = "";

  WebpFile(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean startsLikeOne(byte[] bytes) {
    return bytes.length >= RIFF_HEADER
        && new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
        && new String(bytes, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
  }

  ImageFile parse() throws BadImageException {
    long end = CHUNK_HEADER + (file.getInt(4) & 0xffffffffL);
    if (end > file.limit()) {
      throw new BadImageException("truncated WebP");
    }
    for (int at = RIFF_HEADER; at + CHUNK_HEADER <= end; ) {
      int length = file.getInt(at + 4);
      if (length < 0 || length > end - at - CHUNK_HEADER) {
        throw new BadImageException("damaged: length of a chunk at byte " + at);
      }
      take(type(at), chunk(at + CHUNK_HEADER, length));
      at += CHUNK_HEADER + length + (length & 1);
    }
    if (pixels == null) {
      throw new BadImageException("no image data before its end");
    }
    int[] size = coding.equals("VP8L") ? losslessSize() : lossySize();
    if (canvas != null && (uint24(canvas, 4) + 1 != size[0] || uint24(canvas, 7) + 1 != size[1])) {
      throw new BadImageException("image covers a part of its canvas, must cover all of it");
    }
    long count = (long) size[0] * size[1];
    return new ImageFile(
        "webp",
        size[0],
        size[1],
        3,
        ImageFile.Samples.EIGHT_BITS,
        count <= PIXELS_FOR_NOTHING ? 0 : count / MOST_PIXELS,
        essence(size));
  }

  private String type(int at) {
    return new String(file.array(), at, 4, StandardCharsets.ISO_8859_1);
  }

  private ByteBuffer chunk(int at, int length) {
    return file.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void take(String type, ByteBuffer data) throws BadImageException {
    switch (type) {
      case "VP8X" -> {
        canvas = data;
        if ((data.get(0) & ANIMATED) != 0) {
          throw new BadImageException("animated, must be one image");
        }
      }
      case "ANIM", "ANMF" -> throw new BadImageException("animated, must be one image");
      case "ALPH" -> alpha = data;
      case "VP8 ", "VP8L" -> {
        if (pixels != null) {
          throw new BadImageException("holds several images, must be one");
        }
        coding = type;
        pixels = data;
      }
      default -> {} // profiles, text and what is still unknown
    }
  }

  private int[] losslessSize() throws BadImageException {
    int header = pixels.getInt(1);
    if (pixels.get(0) != 0x2f || header >>> 29 != 0) {
      throw new BadImageException("damaged: start of the pixels");
    }
    return new int[] {(header & SIDE) + 1, (header >> SIDE_BITS & SIDE) + 1};
  }

  private int[] lossySize() throws BadImageException {
    int first = uint24(pixels, 0);
    boolean key = (first & 1) == 0 && uint24(pixels, 3) == 0x2a019d;
    if (!key || first >> 5 > pixels.limit() - 10) {
      throw new BadImageException("damaged: start of the pixels");
    }
    return new int[] {pixels.getShort(6) & SIDE, pixels.getShort(8) & SIDE};
  }

  private static int uint24(ByteBuffer data, int at) {
    return (data.getShort(at) & 0xffff) | (data.get(at + 2) & 0xff) << 16;
  }

  private byte[] essence(int[] size) {
    boolean extended = alpha != null && !coding.equals("VP8L");
    int bytes = RIFF_HEADER + padded(pixels);
    if (extended) {
      bytes += CHUNK_HEADER + 10 + padded(alpha);
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(bytes - CHUNK_HEADER).put(ascii("WEBP"));
    if (extended) {
      out.put(ascii("VP8X")).putInt(10).putInt(ALPHA);
      for (int side : size) {
        out.putShort((short) (side - 1)).put((byte) 0);
      }
      put(out, "ALPH", alpha);
    }
    put(out, coding, pixels);
    return out.array();
  }

  private static int padded(ByteBuffer data) {
    return CHUNK_HEADER + data.limit() + (data.limit() & 1);
  }

  private static void put(ByteBuffer out, String type, ByteBuffer data) {
    out.put(ascii(type)).putInt(data.limit()).put(data.duplicate().rewind());
    out.put(new byte[data.limit() & 1]);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
