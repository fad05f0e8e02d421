package org.bitloom.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file: a length, a type of four letters, the data and their CRC.
 *
 * <p>Every chunk that decides pixels is checked, its place among the others too, because the
 * decoder of the JDK looks at no CRC, reads a file without its end, takes chunks in any order,
 * makes up colours that a palette lacks and loses some transparent ones. So palette and
 * transparency are read here, and the decoder gets a file without transparency.
 *
 * @see <a href="https://www.w3.org/TR/png/">the PNG specification</a>
 */
final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final String HEADER = "IHDR";
  private static final String PALETTE = "PLTE";
  private static final String TRANSPARENCY = "tRNS";
  private static final String PIXELS = "IDAT";
  private static final String END = "IEND";
  private static final Set<String> DECIDING = Set.of(HEADER, PALETTE, TRANSPARENCY, PIXELS, END);
  private static final String SIGNIFICANT_BITS = "sBIT";

  /** Deflate makes at most so many bytes of one. */
  private static final int MOST_SHRUNK = 1032;

  /** Length, type and CRC of a chunk. */
  private static final int FRAME_BYTES = 12;

  /** The bit of the first letter that says a reader may skip the chunk. */
  private static final int ANCILLARY = 0x20;

  private final ByteBuffer file;
  private final ByteArrayOutputStream essence = new ByteArrayOutputStream();
  private PngHeader header;
  private ByteBuffer palette;
  private ByteBuffer transparency;
  private String last = "";
  private boolean pixels;
  private int significantBits;

  PngFile(byte[] bytes) {
    file = ByteBuffer.wrap(bytes);
  }

  static boolean startsLikeOne(byte[] bytes) {
    return ImageFile.startsWith(bytes, SIGNATURE);
  }

  ImageFile parse() throws BadImageException {
    essence.write(SIGNATURE, 0, SIGNATURE.length);
    int at = SIGNATURE.length;
    while (!last.equals(END)) {
      last = chunk(at);
      at += FRAME_BYTES + file.getInt(at);
    }
    if (!pixels) {
      throw new BadImageException("no image data before its end");
    }
    Colours colours = colours();
    boolean grey = header.isGrey() || (colours instanceof Colours.Palette table && table.isGrey());
    int bits = header.colours() == PngHeader.PALETTE ? 8 : header.bits();
    return new ImageFile(
        "png",
        header.width(),
        header.height(),
        grey ? 1 : 3,
        new ImageFile.Samples(bits, significantBits, colours),
        header.unpackedBytes() / MOST_SHRUNK,
        essence.toByteArray());
  }

  private String chunk(int at) throws BadImageException {
    if (file.limit() - at < FRAME_BYTES) {
      throw cut();
    }
    int length = file.getInt(at);
    String type = new String(file.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
    if (length < 0) {
      throw new BadImageException("damaged: length of a chunk at byte " + at);
    }
    if (length > file.limit() - at - FRAME_BYTES) {
      throw cut();
    }
    if (DECIDING.contains(type)) {
      take(type, at, length);
    } else if ((type.charAt(0) & ANCILLARY) == 0) {
      throw new BadImageException("unknown kind of PNG, with a chunk " + type);
    } else if (type.equals(SIGNIFICANT_BITS) && hasRightChecksum(at, length)) {
      noteSignificantBits(file.slice(at + 8, length));
    }
    return type;
  }

  private void take(String type, int at, int length) throws BadImageException {
    if (!hasRightChecksum(at, length)) {
      throw new BadImageException("damaged: checksum of chunk " + type + " at byte " + at);
    }
    if (type.equals(HEADER) != (header == null)) {
      throw new BadImageException("damaged: chunk " + type + " at byte " + at);
    }
    ByteBuffer data = file.slice(at + 8, length);
    boolean kept = true;
    switch (type) {
      case HEADER -> header = PngHeader.parse(data);
      case PALETTE -> kept = takePalette(data, at);
      case TRANSPARENCY -> kept = takeTransparency(data, at);
      case PIXELS -> takePixels(at);
      default -> {}
    }
    if (kept) {
      essence.write(file.array(), at, FRAME_BYTES + length);
    }
  }

  private void takePixels(int at) throws BadImageException {
    if (pixels && !last.equals(PIXELS)) {
      throw new BadImageException("image data go on at byte " + at + ", after a chunk " + last);
    }
    pixels = true;
  }

  private boolean hasRightChecksum(int at, int length) {
    CRC32 crc = new CRC32();
    crc.update(file.array(), at + 4, 4 + length);
    return (int) crc.getValue() == file.getInt(at + 8 + length);
  }

  /** Returns whether the decoder needs it: colours may come with a palette for poor screens. */
  private boolean takePalette(ByteBuffer data, int at) throws BadImageException {
    checkPlace(PALETTE, at, palette);
    if (transparency != null) {
      throw new BadImageException("chunk tRNS before PLTE at byte " + at);
    }
    if (header.isGrey()) {
      throw new BadImageException("chunk PLTE at byte " + at + " in a grey image");
    }
    int most = header.colours() == PngHeader.PALETTE ? 1 << header.bits() : 256;
    int length = data.remaining();
    if (length == 0 || length % 3 != 0 || length / 3 > most) {
      throw new BadImageException(
          "palette of " + length + " bytes, must be 1.." + most + " colours of 3 bytes");
    }
    palette = data;
    return header.colours() == PngHeader.PALETTE;
  }

  private boolean takeTransparency(ByteBuffer data, int at) throws BadImageException {
    checkPlace(TRANSPARENCY, at, transparency);
    if (header.hasAlpha()) {
      throw new BadImageException(
          "chunk tRNS at byte " + at + " in an image that has alpha for every pixel");
    }
    boolean fits =
        switch (header.colours()) {
          case PngHeader.GREY -> data.remaining() == 2;
          case PngHeader.COLOUR -> data.remaining() == 6;
          default -> palette != null && data.remaining() <= palette.remaining() / 3;
        };
    if (!fits) {
      throw new BadImageException(
          palette == null && header.colours() == PngHeader.PALETTE
              ? "chunk tRNS at byte " + at + " before the palette"
              : "chunk tRNS at byte " + at + " is " + data.remaining() + " bytes, a wrong length");
    }
    transparency = data;
    return false;
  }

  private void checkPlace(String type, int at, ByteBuffer earlier) throws BadImageException {
    if (earlier != null) {
      throw new BadImageException("a second chunk " + type + " at byte " + at);
    }
    if (pixels) {
      throw new BadImageException("chunk " + type + " at byte " + at + " after the image data");
    }
  }

  private void noteSignificantBits(ByteBuffer bits) {
    for (int i = 0; i < bits.remaining(); i++) {
      significantBits = Math.max(significantBits, bits.get(i) & 0xff);
    }
  }

  private Colours colours() throws BadImageException {
    if (header.colours() == PngHeader.PALETTE) {
      if (palette == null) {
        throw new BadImageException("no palette before its pixels");
      }
      int[] argb = new int[palette.remaining() / 3];
      for (int i = 0; i < argb.length; i++) {
        boolean solid = transparency == null || i >= transparency.remaining();
        int alpha = solid ? 0xff : transparency.get(i) & 0xff;
        argb[i] = alpha << 24 | rgb(palette, 3 * i);
      }
      return new Colours.Palette(argb);
    }
    if (transparency == null) {
      return Colours.PLAIN;
    }
    int[] samples = new int[transparency.remaining() / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = transparency.getShort(2 * i) & (1 << header.bits()) - 1;
    }
    return new Colours.OneTransparent(samples);
  }

  private static int rgb(ByteBuffer bytes, int at) {
    return ((bytes.get(at) & 0xff) << 16)
        | ((bytes.get(at + 1) & 0xff) << 8)
        | (bytes.get(at + 2) & 0xff);
  }

  private static BadImageException cut() {
    return new BadImageException("truncated PNG");
  }
}
