package org.bitloom.payload;

import java.io.OutputStream;
import java.util.Objects;

/** Writes into free bits and counts what does not fit any more, to tell how much was too much. */
final class FreeBitsOutput extends OutputStream {
  private final FreeBits bits;
  private final long end;
  private long at;

  FreeBitsOutput(FreeBits bits) {
    this.bits = bits;
    this.end = bits.capacity().bytes();
  }

  /** Returns the bytes given so far, also those beyond the end. */
  long given() {
    return at;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    int length = (int) Math.max(0, Math.min(count, end - at));
    if (length > 0) {
      bits.write(at, source, from, length);
    }
    at += count;
  }
}
