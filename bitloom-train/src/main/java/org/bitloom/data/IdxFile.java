package org.bitloom.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.ZipException;
import org.bitloom.error.FailureException;
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
  private static final int FIRST_ALLOCATION = 1 << 24;
  private static final int CHUNK = 1 << 16;
  private static final String HINT = "replace the file with an undamaged copy";

  /**
   * Reads a whole file strictly.
   *
   * @param dimensions the number it must have, 1..3
   * @throws FailureException if the file is damaged or something else
   */
  static IdxFile read(DataFile file, int dimensions) throws IOException {
    Reader reader = new Reader(file.location());
    try (InputStream in = file.open()) {
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
    private long offset;

    Reader(String location) {
      this.location = location;
    }

    IdxFile file(InputStream in, int dimensions) throws IOException {
      byte[] header = read(in, 4 + 4 * dimensions);
      ByteBuffer fields = ByteBuffer.wrap(header);
      int magic = header.length < 4 ? 0 : fields.getInt();
      if (magic != (UNSIGNED_BYTES | dimensions)) {
        throw damaged(
            String.format(Locale.ROOT, "bytes 0..3 must be 0x%08x", UNSIGNED_BYTES | dimensions),
            header.length < 4
                ? "only " + header.length
                : String.format(Locale.ROOT, "0x%08x", magic));
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
