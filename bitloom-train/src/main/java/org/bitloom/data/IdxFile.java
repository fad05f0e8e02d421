package org.bitloom.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipException;
import org.bitloom.error.FailureException;
import org.bitloom.io.FileKind;
import org.bitloom.io.Sha256;

/**
 * An array of unsigned bytes in the idx layout: {@code 0 0 8 d}, then d big-endian sizes of four
 * bytes, then the values, the last index running fastest. Labels have d = 1, grey images d = 3.
 *
 * @param location where it was read, for messages
 * @param sizes length of each dimension, at least 1
 * @param values as many as the product of the sizes
 * @param header the bytes before the values
 * @param sha256 of the unpacked file
 */
@SuppressWarnings("ArrayRecordComponent") // passed on at once, compared by nobody
record IdxFile(String location, int[] sizes, byte[] values, byte[] header, String sha256) {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final int WIDE_LABELS = 0x0C02;
  private static final int COLUMNS = 8;
  private static final int MOST_WIDE_LABELS = 1 << 25;
  private static final int FIRST_ALLOCATION = 1 << 24;
  private static final int CHUNK = 1 << 16;

  /** What the third byte says of the values. */
  private static final Map<Integer, String> TYPES =
      Map.of(
          0x08, "unsigned bytes",
          0x09, "signed bytes",
          0x0B, "integers of 16 bits",
          0x0C, "integers of 32 bits",
          0x0D, "floats of 32 bits",
          0x0E, "floats of 64 bits");

  private static final String HINT = "replace the file with an undamaged copy";

  /**
   * Reads a whole file strictly.
   *
   * @param dimensions the number it must have, 1..3
   * @throws FailureException if the file is damaged or something else
   */
  static IdxFile read(DataFile file, int dimensions) throws IOException {
    Reader reader = new Reader(file.location());
    try (BufferedInputStream in = file.open()) {
      reader.kind = FileKind.of(DataFile.start(in));
      return reader.file(in, dimensions);
    } catch (ZipException | EOFException e) {
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "%s: gzip data must be complete, found damage after %d unpacked bytes (%s)",
              file.location(),
              reader.offset,
              e.getMessage()),
          HINT);
    }
  }

  /** Keeps the offset and the digest of what was read. */
  private static final class Reader {
    private final String location;
    private final MessageDigest digest = Sha256.digest();
    private FileKind kind = FileKind.IDX;
    private long offset;

    Reader(String location) {
      this.location = location;
    }

    IdxFile file(InputStream in, int dimensions) throws IOException {
      byte[] header = read(in, 4 + 4 * dimensions);
      ByteBuffer fields = ByteBuffer.wrap(header);
      int magic = header.length < 4 ? 0 : fields.getInt();
      if (dimensions == 1 && magic == WIDE_LABELS) {
        return wideLabels(in, header);
      }
      if (magic != (UNSIGNED_BYTES | dimensions)) {
        throw kind == FileKind.IDX || kind == FileKind.UNKNOWN
            ? otherArray(header.length, magic, dimensions)
            : otherKind();
      }
      checkLength(header.length, 4 + 4 * dimensions);
      int[] sizes = new int[dimensions];
      long product = 1;
      for (int d = 0; d < dimensions; d++) {
        sizes[d] = fields.getInt();
        product *= Math.max(sizes[d], 0);
        if (sizes[d] < 1 || product > Integer.MAX_VALUE - header.length - 8) {
          throw damaged(
              String.format(
                  Locale.ROOT,
                  "size at byte %d must be at least 1, all sizes together below 2^31",
                  4 + 4 * d),
              Integer.toUnsignedString(sizes[d]));
        }
      }
      byte[] values = read(in, (int) product);
      checkLength(header.length + (long) values.length, header.length + product);
      if (in.read() >= 0) {
        throw damaged("length must be " + offset + " bytes", "more");
      }
      return new IdxFile(
          location, sizes, values, header, HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Reads the labels of QMNIST: of each image eight numbers of 32 bits, the first of which is its
     * class; the others tell who wrote it.
     */
    private IdxFile wideLabels(InputStream in, byte[] begin) throws IOException {
      byte[] header = Arrays.copyOf(begin, begin.length + Integer.BYTES);
      byte[] columns = read(in, Integer.BYTES);
      checkLength(begin.length + (long) columns.length, header.length);
      System.arraycopy(columns, 0, header, begin.length, Integer.BYTES);
      ByteBuffer fields = ByteBuffer.wrap(header, Integer.BYTES, 2 * Integer.BYTES);
      int count = fields.getInt();
      int width = fields.getInt();
      if (width != COLUMNS || count < 1 || count > MOST_WIDE_LABELS) {
        throw damaged(
            "labels of QMNIST must be 1.." + MOST_WIDE_LABELS + " by 8", count + " by " + width);
      }
      byte[] numbers = read(in, count * COLUMNS * Integer.BYTES);
      checkLength(header.length + (long) numbers.length, header.length + 32L * count);
      if (in.read() >= 0) {
        throw damaged("length must be " + offset + " bytes", "more");
      }
      byte[] labels = new byte[count];
      for (int i = 0; i < count; i++) {
        int label = ByteBuffer.wrap(numbers).getInt(i * COLUMNS * Integer.BYTES);
        if (label < 0 || label > 255) {
          throw damaged("label " + i + " must be 0..255", String.valueOf(label));
        }
        labels[i] = (byte) label;
      }
      return new IdxFile(
          location, new int[] {count}, labels, header, HexFormat.of().formatHex(digest.digest()));
    }

    private FailureException otherKind() {
      return new FailureException(
          location + ": file must be an idx file, found " + kind.title(), kind.advice());
    }

    /** Says in words what bytes 0..3 of an idx file mean, if they mean something. */
    private FailureException otherArray(int length, int magic, int dimensions) {
      int expected = UNSIGNED_BYTES | dimensions;
      String found = length < 4 ? "only " + length : String.format(Locale.ROOT, "0x%08x", magic);
      String type = TYPES.get(magic >>> 8);
      String sentence =
          String.format(
              Locale.ROOT, "%s: bytes 0..3 must be 0x%08x, found %s", location, expected, found);
      if (length < 4 || type == null || (magic & 0xFF) > 8) {
        return new FailureException(sentence, HINT);
      }
      if (magic >>> 8 != UNSIGNED_BYTES >>> 8) {
        return new FailureException(
            sentence + ", " + type + " in place of unsigned bytes",
            "write its values, 0..255, as unsigned bytes; in numpy: array.astype('uint8')");
      }
      return new FailureException(
          sentence,
          String.format(
              Locale.ROOT,
              "give a file of %d dimensions (images have 3, labels 1), this one has %d%s",
              dimensions,
              magic & 0xFF,
              (magic & 0xFF) == 4 ? "; colour images are read from folders of PNG files" : ""));
    }

    /** Reads up to {@code count} bytes; a claimed length alone allocates at most 16 MiB. */
    private byte[] read(InputStream in, int count) throws IOException {
      byte[] bytes = new byte[Math.min(count, FIRST_ALLOCATION)];
      int filled = 0;
      while (filled < count) {
        if (filled == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * filled));
        }
        int got = in.read(bytes, filled, Math.min(CHUNK, bytes.length - filled));
        if (got < 0) {
          return Arrays.copyOf(bytes, filled);
        }
        digest.update(bytes, filled, got);
        filled += got;
        offset += got;
      }
      return bytes;
    }

    private void checkLength(long found, long expected) {
      if (found != expected) {
        throw damaged("length must be " + expected + " bytes", found + " bytes");
      }
    }

    private FailureException damaged(String expected, String found) {
      return new FailureException(location + ": " + expected + ", found " + found, HINT);
    }
  }
}
