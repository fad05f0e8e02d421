package org.bitloom.images;

import java.nio.ByteBuffer;

/**
 * The IHDR chunk of a PNG file.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bits per sample: 1, 2, 4, 8 or 16
 * @param colours the type: 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha
 * @param interlaced whether the pixels come in seven passes
 */
record PngHeader(int width, int height, int bits, int colours, boolean interlaced) {
  static final int GREY = 0;
  static final int COLOUR = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int COLOUR_ALPHA = 6;

  private static final int BYTES = 13;
  private static final int MOST_BITS = 16;

  /** First column, first row, column step and row step of each pass of an interlaced image. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  static PngHeader parse(ByteBuffer data) throws BadImageException {
    if (data.remaining() != BYTES) {
      throw new BadImageException("header is " + data.remaining() + " bytes, must be " + BYTES);
    }
    PngHeader header =
        new PngHeader(
            data.getInt(0),
            data.getInt(4),
            data.get(8) & 0xff,
            data.get(9) & 0xff,
            data.get(12) == 1);
    header.checkKind();
    for (int method : new int[] {10, 11, 12}) {
      int most = method == 12 ? 1 : 0;
      if ((data.get(method) & 0xff) > most) {
        throw new BadImageException(
            "unknown kind of PNG, byte "
                + method
                + " of its header is "
                + (data.get(method) & 0xff));
      }
    }
    return header;
  }

  private void checkKind() throws BadImageException {
    boolean powerOfTwo = Integer.bitCount(bits) == 1 && bits <= MOST_BITS;
    boolean known =
        switch (colours) {
          case GREY -> powerOfTwo;
          case PALETTE -> powerOfTwo && bits <= 8;
          case COLOUR, GREY_ALPHA, COLOUR_ALPHA -> bits == 8 || bits == MOST_BITS;
          default -> false;
        };
    if (!known) {
      throw new BadImageException(
          "unknown kind of PNG, " + bits + " bits per sample of colour type " + colours);
    }
  }

  boolean hasAlpha() {
    return colours == GREY_ALPHA || colours == COLOUR_ALPHA;
  }

  boolean isGrey() {
    return colours == GREY || colours == GREY_ALPHA;
  }

  /** Returns the samples of a pixel, alpha included. */
  int samples() {
    return switch (colours) {
      case COLOUR -> 3;
      case GREY_ALPHA -> 2;
      case COLOUR_ALPHA -> 4;
      default -> 1;
    };
  }

  /** Returns the bytes of all rows with the filter in front of each, as they come unpacked. */
  long unpackedBytes() {
    if (!interlaced) {
      return unpackedBytes(width, height);
    }
    long bytes = 0;
    for (int[] pass : PASSES) {
      int columns = (width - pass[0] + pass[2] - 1) / pass[2];
      int rows = (height - pass[1] + pass[3] - 1) / pass[3];
      bytes += columns < 1 || rows < 1 ? 0 : unpackedBytes(columns, rows);
    }
    return bytes;
  }

  private long unpackedBytes(int columns, int rows) {
    return rows * (1 + ((long) columns * samples() * bits + 7) / 8);
  }
}
