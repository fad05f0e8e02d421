package org.bitloom.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file: a length, a type of four letters, the data and their CRC.
 *
 * <p>Every chunk that decides pixels is checked, because the decoder of the JDK looks at no CRC and
 * reads a file without its end.
 *
 * @see <a href="https://www.w3.org/TR/png/">the PNG specification</a>
 */
final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final Set<String> DECIDING = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final int HEADER_BYTES = 13;

  /** Length, type and CRC of a chunk. */
  private static final int FRAME_BYTES = 12;

  /** The bit of the first letter that says a reader may skip the chunk. */
  private static final int ANCILLARY = 0x20;

  private static final int GREY = 0;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;

  private final ByteBuffer file;
  private final ByteArrayOutputStream essence = new ByteArrayOutputStream();
  private ByteBuffer header;
  private boolean greyPalette = true;
  private boolean pixels;

  PngFile(byte[] bytes) {
    file = ByteBuffer.wrap(bytes);
  }

  static boolean startsLikeOne(byte[] bytes) {
    return ImageFile.startsWith(bytes, SIGNATURE);
  }

  ImageFile parse() throws BadImageException {
    essence.write(SIGNATURE, 0, SIGNATURE.length);
    int at = SIGNATURE.length;
    String type;
    do {
      type = chunk(at);
      at += FRAME_BYTES + file.getInt(at);
    } while (!type.equals("IEND"));
    if (!pixels) {
      throw new BadImageException("no image data before its end");
    }
    return new ImageFile(
        "png", header.getInt(0), header.getInt(4), channels(), essence.toByteArray());
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
    }
    return type;
  }

  private void take(String type, int at, int length) throws BadImageException {
    CRC32 crc = new CRC32();
    crc.update(file.array(), at + 4, 4 + length);
    if ((int) crc.getValue() != file.getInt(at + 8 + length)) {
      throw new BadImageException("damaged: checksum of chunk " + type + " at byte " + at);
    }
    if (type.equals("IHDR") != (header == null) || (header == null && length != HEADER_BYTES)) {
      throw new BadImageException("damaged: chunk " + type + " at byte " + at);
    }
    if (header == null) {
      header = file.slice(at + 8, length);
    } else if (type.equals("PLTE")) {
      greyPalette = isGrey(at + 8, length);
    }
    pixels |= type.equals("IDAT");
    essence.write(file.array(), at, FRAME_BYTES + length);
  }

  private boolean isGrey(int from, int length) {
    for (int i = from; i + 2 < from + length; i += 3) {
      if (file.get(i) != file.get(i + 1) || file.get(i) != file.get(i + 2)) {
        return false;
      }
    }
    return true;
  }

  private int channels() {
    int colours = header.get(9);
    boolean grey = colours == GREY || colours == GREY_ALPHA || (colours == PALETTE && greyPalette);
    return grey ? 1 : 3;
  }

  private static BadImageException cut() {
    return new BadImageException("truncated PNG");
  }
}
