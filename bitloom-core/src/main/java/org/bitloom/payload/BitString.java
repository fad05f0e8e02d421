package org.bitloom.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Joins planes of bits to one string, without a gap where a plane ends in the middle of a byte.
 *
 * <p>Bit i of the string is bit {@code i & 7} of byte {@code i >>> 3}; bit i of a plane is bit
 * {@code i & 63} of word {@code i >>> 6}. The words are shared, not copied; those past the end of a
 * plane stay 0.
 */
final class BitString {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[][] words;

  /** First bit of each plane in the string, and the end. */
  private final long[] begins;

  /**
   * Joins planes.
   *
   * @param planes words of each
   * @param sizes bits of each, at least 1
   */
  BitString(List<long[]> planes, List<Integer> sizes) {
    words = planes.toArray(new long[0][]);
    begins = new long[words.length + 1];
    for (int plane = 0; plane < words.length; plane++) {
      begins[plane + 1] = begins[plane] + sizes.get(plane);
    }
  }

  /** Returns the whole bytes. */
  long bytes() {
    return begins[words.length] >>> 3;
  }

  /**
   * Reads bytes of the string.
   *
   * @param at first byte, counted from 0
   * @throws IndexOutOfBoundsException if the string or the array ends earlier
   */
  void read(long at, byte[] target, int from, int count) {
    check(at, target.length, from, count);
    long bit = at << 3;
    int done = 0;
    while (done < count) {
      int plane = planeOf(bit);
      long whole = Math.min((begins[plane + 1] - bit) >>> 6, (count - done) >>> 3);
      if (whole == 0) {
        target[from + done++] = (byte) edge(plane, bit);
        bit += 8;
        continue;
      }
      readWords(words[plane], bit - begins[plane], target, from + done, (int) whole);
      done += (int) whole << 3;
      bit += whole << 6;
    }
  }

  private static void readWords(long[] plane, long offset, byte[] target, int from, int count) {
    int word = (int) (offset >>> 6);
    int shift = (int) offset & 63;
    if (shift == 0) {
      for (int i = 0; i < count; i++) {
        LONGS.set(target, from + 8 * i, plane[word + i]);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      long value = plane[word + i] >>> shift | plane[word + i + 1] << -shift;
      LONGS.set(target, from + 8 * i, value);
    }
  }

  /** Returns the byte at {@code bit}, which may reach over the ends of some planes. */
  private int edge(int first, long bit) {
    int value = 0;
    int plane = first;
    for (int i = 0; i < 8; i++) {
      while (bit + i >= begins[plane + 1]) {
        plane++;
      }
      long offset = bit + i - begins[plane];
      value |= (int) (words[plane][(int) (offset >>> 6)] >>> offset & 1) << i;
    }
    return value;
  }

  /**
   * Writes bytes of the string.
   *
   * @param at first byte, counted from 0
   * @throws IndexOutOfBoundsException if the string or the array ends earlier
   */
  void write(long at, byte[] source, int from, int count) {
    check(at, source.length, from, count);
    long bit = at << 3;
    int done = 0;
    while (done < count) {
      int plane = planeOf(bit);
      long whole = Math.min((begins[plane + 1] - bit) >>> 6, (count - done) >>> 3);
      if (whole == 0) {
        setEdge(plane, bit, source[from + done++]);
        bit += 8;
        continue;
      }
      writeWords(words[plane], bit - begins[plane], source, from + done, (int) whole);
      done += (int) whole << 3;
      bit += whole << 6;
    }
  }

  private static void writeWords(long[] plane, long offset, byte[] source, int from, int count) {
    int word = (int) (offset >>> 6);
    int shift = (int) offset & 63;
    if (shift == 0) {
      for (int i = 0; i < count; i++) {
        plane[word + i] = (long) LONGS.get(source, from + 8 * i);
      }
      return;
    }
    long carried = plane[word] & ~(-1L << shift);
    for (int i = 0; i < count; i++) {
      long value = (long) LONGS.get(source, from + 8 * i);
      plane[word + i] = carried | value << shift;
      carried = value >>> -shift;
    }
    plane[word + count] = (plane[word + count] & (-1L << shift)) | carried;
  }

  private void setEdge(int first, long bit, int value) {
    int plane = first;
    for (int i = 0; i < 8; i++) {
      while (bit + i >= begins[plane + 1]) {
        plane++;
      }
      long offset = bit + i - begins[plane];
      long mask = 1L << offset;
      int word = (int) (offset >>> 6);
      long old = words[plane][word];
      words[plane][word] = (value >>> i & 1) != 0 ? old | mask : old & ~mask;
    }
  }

  private void check(long at, int length, int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    Objects.checkFromIndexSize(at, (long) count, bytes());
  }

  private int planeOf(long bit) {
    int found = Arrays.binarySearch(begins, bit);
    return found >= 0 ? found : -found - 2;
  }
}
