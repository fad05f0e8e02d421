package org.bitloom.seal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets the first bytes through and drops the rest. */
final class FirstBytes extends FilterOutputStream {
  private long left;

  FirstBytes(OutputStream out, long bytes) {
    super(out);
    this.left = bytes;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int count) throws IOException {
    int part = (int) Math.min(left, count);
    out.write(source, from, part);
    left -= part;
  }
}
