package org.bitloom.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The headers of a BMP file with pixels that are not packed.
 *
 * <p>The essence has a header without colour profiles, which may be links to other files.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/gdi/bitmap-storage">Bitmap storage</a>
 */
final class BmpFile {
  private static final byte[] START = {'B', 'M'};
  private static final int FILE_HEADER = 14;
  private static final int CORE_HEADER = 12;
  private static final int HEADER = 40;
  private static final int HEADER_WITH_ALPHA = 56;
  private static final int FOURTH_HEADER = 108;
  private static final int BIT_FIELDS = 3;
  private static final int BIT_FIELDS_WITH_ALPHA = 6;
  private static final int SRGB = 0x73524742;

  private final ByteBuffer file;
  private final int headerBytes;
  private final boolean core;

  BmpFile(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    headerBytes = file.getInt(FILE_HEADER);
    core = headerBytes == CORE_HEADER;
  }

  static boolean startsLikeOne(byte[] bytes) {
    return ImageFile.startsWith(bytes, START);
  }

  ImageFile parse() throws BadImageException {
    if (!core && (headerBytes < HEADER || headerBytes > 1 << 10)) {
      throw new BadImageException("damaged: header of " + headerBytes + " bytes");
    }
    int width = core ? file.getShort(18) & 0xffff : file.getInt(18);
    int height = core ? file.getShort(20) & 0xffff : file.getInt(22);
    int bits = file.getShort(core ? 24 : 28);
    int packing = core ? 0 : file.getInt(30);
    checkKind(bits, packing);
    int[] palette = bits <= 8 ? palette(bits) : new int[0];
    long pixelBytes = ((long) width * bits + 31) / 32 * 4 * Math.abs((long) height);
    int from = file.getInt(10);
    if (from < FILE_HEADER + headerBytes || pixelBytes < 0) {
      throw new BadImageException("damaged: place or size of the pixels");
    }
    if (pixelBytes > file.limit() - (long) from) {
      throw new BadImageException("truncated BMP");
    }
    Colours colours = palette.length == 0 ? Colours.PLAIN : new Colours.Palette(palette);
    boolean grey = colours instanceof Colours.Palette table && table.isGrey();
    return new ImageFile(
        "bmp",
        width,
        Math.abs(height),
        grey ? 1 : 3,
        new ImageFile.Samples(8, 0, colours),
        0,
        essence(new int[] {width, height, bits, packing}, palette, from, (int) pixelBytes));
  }

  private static void checkKind(int bits, int packing) throws BadImageException {
    boolean fields = packing == BIT_FIELDS || packing == BIT_FIELDS_WITH_ALPHA;
    if (packing != 0 && !fields) {
      throw new BadImageException("pixels are packed, must be a BMP without compression");
    }
    boolean known =
        switch (bits) {
          case 1, 4, 8, 24 -> !fields;
          case 16, 32 -> true;
          default -> false;
        };
    if (!known) {
      throw new BadImageException("unknown kind of BMP, " + bits + " bits per pixel");
    }
  }

  private int[] palette(int bits) throws BadImageException {
    long used = core ? 0 : file.getInt(46) & 0xffffffffL;
    int most = 1 << bits;
    if (used > most) {
      throw new BadImageException("palette of " + used + " colours, must be 1.." + most);
    }
    int[] palette = new int[used == 0 ? most : (int) used];
    int step = core ? 3 : 4;
    int at = FILE_HEADER + headerBytes;
    if (at + palette.length * step > file.getInt(10)) {
      throw new BadImageException("pixels begin within the palette");
    }
    for (int i = 0; i < palette.length; i++, at += step) {
      palette[i] =
          0xff << 24
              | (file.get(at + 2) & 0xff) << 16
              | (file.get(at + 1) & 0xff) << 8
              | (file.get(at) & 0xff);
    }
    return palette;
  }

  private byte[] essence(int[] form, int[] palette, int from, int pixelBytes) {
    boolean fields = form[3] != 0;
    int header = fields ? FOURTH_HEADER : HEADER;
    int start = FILE_HEADER + header + 4 * palette.length;
    ByteBuffer out = ByteBuffer.allocate(start + pixelBytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(START).putInt(start + pixelBytes).putInt(0).putInt(start);
    out.putInt(header).putInt(form[0]).putInt(form[1]).putShort((short) 1);
    out.putShort((short) form[2]).putInt(fields ? BIT_FIELDS : 0).putInt(pixelBytes);
    out.putInt(0).putInt(0).putInt(palette.length).putInt(0);
    if (fields) {
      boolean alpha = headerBytes >= HEADER_WITH_ALPHA || form[3] == BIT_FIELDS_WITH_ALPHA;
      out.put(file.array(), FILE_HEADER + HEADER, 12);
      out.putInt(alpha ? file.getInt(FILE_HEADER + HEADER + 12) : 0).putInt(SRGB);
      out.position(start);
    }
    for (int colour : palette) {
      out.putInt(colour & 0xffffff);
    }
    return out.put(file.array(), from, pixelBytes).array();
  }
}
