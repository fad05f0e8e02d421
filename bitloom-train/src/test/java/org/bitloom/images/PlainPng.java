package org.bitloom.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;

/**
 * A PNG file written by the letter of the specification from samples that are known, so that a
 * decoder can be judged without another decoder.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bits per sample
 * @param colours type of the image: 0, 2, 3, 4 or 6
 * @param interlaced whether it is written in seven passes
 * @param samples {@code [height, width, samples of a pixel]}
 */
@SuppressWarnings("ArrayRecordComponent") // written at once, compared by nobody
record PlainPng(int width, int height, int bits, int colours, boolean interlaced, int[] samples) {
  /** First column, first row, column step, row step. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] ALL = {{0, 0, 1, 1}};

  /** Draws samples; at least the first pixels count from 0, so that every small value occurs. */
  static PlainPng random(int[] size, int bits, int colours, boolean interlaced, int most) {
    int each = each(colours);
    int[] samples = new int[size[0] * size[1] * each];
    SplittableRandom random = new SplittableRandom(31L * bits + colours);
    Arrays.setAll(
        samples, i -> i / each <= most && i / each < 256 ? i / each : random.nextInt(most + 1));
    return new PlainPng(size[0], size[1], bits, colours, interlaced, samples);
  }

  static int each(int colours) {
    return switch (colours) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  int each() {
    return each(colours);
  }

  int sample(int x, int y, int which) {
    return samples[(y * width + x) * each() + which];
  }

  /** Writes the file, with all five filters in turn; {@code extra} stands before the pixels. */
  byte[] file(byte[] extra) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int[] pass : interlaced ? PASSES : ALL) {
        out.write(filtered(pass));
      }
    }
    int[] data = new int[packed.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = packed.toByteArray()[i];
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(Pictures.PNG_SIGNATURE);
    file.write(
        Pictures.chunk(
            "IHDR", 0, 0, 0, width, 0, 0, 0, height, bits, colours, 0, 0, interlaced ? 1 : 0));
    file.write(extra);
    file.write(Pictures.chunk("IDAT", data));
    file.write(Pictures.chunk("IEND"));
    return file.toByteArray();
  }

  private byte[] filtered(int[] pass) {
    int columns = (width - pass[0] + pass[2] - 1) / pass[2];
    int rows = (height - pass[1] + pass[3] - 1) / pass[3];
    int rowBytes = (columns * each() * bits + 7) / 8;
    if (columns < 1 || rows < 1) {
      return new byte[0];
    }
    byte[] bytes = new byte[rows * (1 + rowBytes)];
    byte[] before = new byte[rowBytes];
    for (int row = 0; row < rows; row++) {
      byte[] packed = packed(pass, pass[1] + row * pass[3], columns, rowBytes);
      filter(packed, before, row % 5, bytes, row * (1 + rowBytes));
      before = packed;
    }
    return bytes;
  }

  private byte[] packed(int[] pass, int y, int columns, int rowBytes) {
    byte[] row = new byte[rowBytes];
    int bit = 0;
    for (int column = 0; column < columns; column++) {
      for (int which = 0; which < each(); which++) {
        int sample = sample(pass[0] + column * pass[2], y, which);
        for (int b = bits - 1; b >= 0; b--, bit++) {
          row[bit / 8] |= (byte) (((sample >> b) & 1) << (7 - bit % 8));
        }
      }
    }
    return row;
  }

  private void filter(byte[] row, byte[] above, int filter, byte[] to, int at) {
    int step = Math.max(1, each() * bits / 8);
    to[at] = (byte) filter;
    for (int i = 0; i < row.length; i++) {
      int left = i < step ? 0 : row[i - step] & 0xff;
      int up = above[i] & 0xff;
      int corner = i < step ? 0 : above[i - step] & 0xff;
      int guess =
          switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> paeth(left, up, corner);
            default -> 0;
          };
      to[at + 1 + i] = (byte) (row[i] - guess);
    }
  }

  private static int paeth(int left, int up, int corner) {
    int guess = left + up - corner;
    int byLeft = Math.abs(guess - left);
    int byUp = Math.abs(guess - up);
    int byCorner = Math.abs(guess - corner);
    if (byLeft <= byUp && byLeft <= byCorner) {
      return left;
    }
    return byUp <= byCorner ? up : corner;
  }
}
