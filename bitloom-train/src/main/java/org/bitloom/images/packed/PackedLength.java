package org.bitloom.images.packed;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Counts the bytes that packed ones hold. */
public final class PackedLength {
  private static final int BUFFER_BYTES = 8192;

  private PackedLength() {}

  /**
   * Counts the bytes of runs and pieces.
   *
   * @param enough where counting may stop
   */
  public static long packBits(byte[] data, long enough) {
    long count = 0;
    int at = 0;
    while (count < enough && at < data.length) {
      int n = data[at];
      int taken = n >= 0 ? n + 1 : 1;
      if (n == Byte.MIN_VALUE) {
        taken = 0;
      } else if (at + taken < data.length) {
        count += n >= 0 ? n + 1 : 1 - n;
      }
      at += 1 + taken;
    }
    return count;
  }

  /**
   * Counts the bytes of a zlib stream.
   *
   * @param enough where counting may stop
   */
  public static long deflate(byte[] data, long enough) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      byte[] buffer = new byte[BUFFER_BYTES];
      long count = 0;
      for (int read = 1; read > 0 && count < enough; count += read) {
        read = inflater.inflate(buffer);
      }
      return count;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("damaged: packed pixels, " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
