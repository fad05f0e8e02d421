package org.bitloom.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Passes bytes on and remembers why that failed first: a {@link java.io.PrintStream} above it only
 * knows that something did.
 */
public final class WatchedStream extends FilterOutputStream {
  private volatile IOException failure;

  public WatchedStream(OutputStream out) {
    super(out);
  }

  /** Returns the first error; empty if everything was taken so far. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  private IOException remembered(IOException error) {
    if (failure == null) {
      failure = error;
    }
    return error;
  }
}
