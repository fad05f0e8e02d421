package org.bitloom.payload;

import java.io.InputStream;
import java.util.Objects;

/** Streams the bytes of free bits. */
final class FreeBitsInput extends InputStream {
  private final FreeBits bits;
  private final long end;
  private long at;

  FreeBitsInput(FreeBits bits, long at) {
    this.bits = bits;
    this.end = bits.capacity().bytes();
    this.at = at;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int count) {
    Objects.checkFromIndexSize(from, count, target.length);
    int length = (int) Math.min(count, end - at);
    if (length <= 0) {
      return count == 0 ? 0 : -1;
    }
    bits.read(at, target, from, length);
    at += length;
    return length;
  }
}
