package org.bitloom.images;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The segments of a JPEG file, up to its end-of-image marker.
 *
 * <p>The essence has no segments for applications, but one that says how colours are coded, by the
 * rule of the common JPEG library: YCbCr unless an Adobe segment or the names of the components say
 * RGB. Otherwise the decoder of the JDK takes some files for RGB that every other program shows as
 * YCbCr, converts colour profiles, and stumbles over what is damaged beside the pixels.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegFile {
  private static final byte[] START = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] JFIF = {
    (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int COMMENT = 0xfe;
  private static final int ADOBE = 0xee;
  private static final int ADOBE_TRANSFORM = 11;

  /** A byte codes at most so many pixels: at least a bit for every square of 8x8. */
  private static final int MOST_PIXELS = 8 * 64;

  private final byte[] file;
  private final ByteArrayOutputStream essence = new ByteArrayOutputStream();
  private int at = 2;
  private int frame;
  private boolean jfif;
  private byte[] adobe = new byte[0];

  JpegFile(byte[] bytes) {
    file = bytes;
  }

  static boolean startsLikeOne(byte[] bytes) {
    return ImageFile.startsWith(bytes, START);
  }

  ImageFile parse() throws BadImageException {
    for (int marker = marker(); marker != END_OF_IMAGE; marker = marker()) {
      segment(marker);
    }
    if (frame == 0) {
      throw new BadImageException("no image data before its end");
    }
    int components = file[frame + 9] & 0xff;
    if (components != 1 && components != 3) {
      throw new BadImageException(
          components == 4
              ? "colours are CMYK, must be RGB or grey"
              : components + " components, must be 1 or 3");
    }
    int width = uint16(frame + 7);
    int height = uint16(frame + 5);
    return new ImageFile(
        "jpeg",
        width,
        height,
        components,
        ImageFile.Samples.EIGHT_BITS,
        (long) width * height / MOST_PIXELS,
        withColourCode(components));
  }

  private byte[] withColourCode(int components) throws BadImageException {
    byte[] code = JFIF;
    if (components == 3 && !jfif) {
      if (adobe.length > 0) {
        code = adobe[4 + ADOBE_TRANSFORM] == 0 ? adobe : JFIF;
      } else if (areNamedRgb()) {
        code = new byte[0];
      }
    }
    byte[] segments = essence.toByteArray();
    byte[] whole = new byte[2 + code.length + segments.length + 2];
    System.arraycopy(START, 0, whole, 0, 2);
    System.arraycopy(code, 0, whole, 2, code.length);
    System.arraycopy(segments, 0, whole, 2 + code.length, segments.length);
    whole[whole.length - 2] = (byte) 0xff;
    whole[whole.length - 1] = (byte) END_OF_IMAGE;
    return whole;
  }

  private boolean areNamedRgb() throws BadImageException {
    if (uint16(frame + 2) < 17) {
      throw new BadImageException("damaged: length of the frame header at byte " + frame);
    }
    return file[frame + 10] == 'R' && file[frame + 13] == 'G' && file[frame + 16] == 'B';
  }

  /** Moves to the next marker, past fill bytes, and returns its second byte. */
  private int marker() throws BadImageException {
    if (at < file.length && file[at] != (byte) 0xff) {
      throw new BadImageException("damaged: no marker at byte " + at);
    }
    while (at + 1 < file.length && file[at + 1] == (byte) 0xff) {
      at++;
    }
    if (at + 1 >= file.length) {
      throw cut();
    }
    return file[at + 1] & 0xff;
  }

  private void segment(int marker) throws BadImageException {
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) {
      throw new BadImageException("damaged: marker at byte " + at);
    }
    if (at + 3 >= file.length) {
      throw cut();
    }
    int length = uint16(at + 2);
    if (length < 2) {
      throw new BadImageException("damaged: length of a segment at byte " + at);
    }
    if (length > file.length - at - 2) {
      throw cut();
    }
    int from = at;
    at += 2 + length;
    if (marker == START_OF_SCAN) {
      skipScan();
    } else if (isFrame(marker)) {
      if (length < 8) {
        throw new BadImageException("damaged: length of the frame header at byte " + from);
      }
      frame = from;
    }
    if (isApplication(marker)) {
      note(marker, from, length);
    } else if (marker != COMMENT) {
      essence.write(file, from, at - from);
    }
  }

  /** Skips coded data, in which 0xff is followed by 0 or a restart marker. */
  private void skipScan() throws BadImageException {
    while (at + 1 < file.length) {
      int next = file[at + 1] & 0xff;
      boolean data = file[at] != (byte) 0xff || next == 0 || (next >= 0xd0 && next <= 0xd7);
      if (!data && next != 0xff) {
        return;
      }
      at++;
    }
    throw cut();
  }

  private void note(int marker, int from, int length) {
    String name = new String(file, from + 4, Math.min(5, length - 2), StandardCharsets.ISO_8859_1);
    jfif |= marker == 0xe0 && name.equals("JFIF\0");
    if (marker == ADOBE && name.equals("Adobe") && length - 2 > ADOBE_TRANSFORM) {
      adobe = Arrays.copyOfRange(file, from, from + 2 + length);
    }
  }

  private static boolean isApplication(int marker) {
    return marker >= 0xe0 && marker <= 0xef;
  }

  /** Start-of-frame markers, less the three of that row that mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private int uint16(int from) {
    return ((file[from] & 0xff) << 8) | (file[from + 1] & 0xff);
  }

  private static BadImageException cut() {
    return new BadImageException("truncated JPEG");
  }
}
