package org.bitloom.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.bitloom.io.CorruptFileException;

/**
 * Reads the files of a tar archive one after the other: blocks of 512 bytes, a header before each
 * file, a block of zeros at the end.
 *
 * <p>Folders, links and extended headers are passed over, so a file whose name does not fit into
 * its header's 100 bytes is shown by what fits.
 */
public final class TarArchive {
  private static final int BLOCK = 512;
  private static final int NAME_END = 100;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;
  private static final int TYPE = 156;

  private final Path path;
  private final InputStream in;
  private long offset;

  private TarArchive(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  /** Sees each file. */
  public interface Visitor {
    /** Reads as much of {@code content} as it likes, and leaves it open. */
    void file(String name, InputStream content) throws IOException;
  }

  /**
   * Shows every regular file to {@code visitor}.
   *
   * @param path of the archive, for messages
   * @param in its bytes, unpacked; left open
   * @throws CorruptFileException if it is damaged, truncated or something else
   */
  public static void read(Path path, InputStream in, Visitor visitor) throws IOException {
    new TarArchive(path, in).read(visitor);
  }

  private void read(Visitor visitor) throws IOException {
    for (byte[] header = block(); !isZero(header); header = block()) {
      long at = offset - BLOCK;
      checkSum(header, at);
      Content content = new Content(octal(header, SIZE, SIZE + 12, at));
      long end = offset + (content.left + BLOCK - 1) / BLOCK * BLOCK;
      if (header[TYPE] == '0' || header[TYPE] == 0) {
        visitor.file(name(header), content);
      }
      skipTo(end);
    }
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    offset += block.length;
    if (block.length < BLOCK) {
      throw ended();
    }
    return block;
  }

  private void skipTo(long end) throws IOException {
    try {
      in.skipNBytes(end - offset);
    } catch (EOFException e) {
      throw ended();
    }
    offset = end;
  }

  private CorruptFileException ended() {
    return new CorruptFileException(
        path, "unpacked archive must end with a block of zeros", "its end without one");
  }

  private static boolean isZero(byte[] block) {
    return Arrays.equals(block, new byte[BLOCK]);
  }

  private static String name(byte[] header) {
    int end = 0;
    while (end < NAME_END && header[end] != 0) {
      end++;
    }
    return new String(header, 0, end, StandardCharsets.UTF_8);
  }

  /** The checksum is the sum of the header's bytes, those of the checksum itself read as blanks. */
  private void checkSum(byte[] header, long at) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM_END ? ' ' : header[i] & 0xff;
    }
    long stored = octal(header, CHECKSUM, CHECKSUM_END, at);
    if (stored != sum) {
      throw new CorruptFileException(
          path,
          at + CHECKSUM,
          "checksum of the unpacked header must be " + sum,
          Long.toString(stored));
    }
  }

  /** Reads digits between blanks and zeros; at most 12, which fit a long. */
  private long octal(byte[] header, int from, int to, long at) throws IOException {
    String text = new String(header, from, to - from, StandardCharsets.ISO_8859_1);
    String digits = text.replace('\0', ' ').strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw new CorruptFileException(
          path, at + from, "unpacked header must hold an octal number", "'" + digits + "'");
    }
    return Long.parseLong(digits, 8);
  }

  /** The bytes of one file. */
  private final class Content extends InputStream {
    private long left;

    Content(long size) {
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      if (left == 0) {
        return -1;
      }
      int got = in.read(into, from, (int) Math.min(most, left));
      if (got < 0) {
        throw ended();
      }
      left -= got;
      offset += got;
      return got;
    }
  }
}
