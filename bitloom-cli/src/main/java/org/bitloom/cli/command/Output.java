package org.bitloom.cli.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import org.bitloom.io.WatchedStream;

/**
 * Text for the user on a stream that may fail.
 *
 * <p>A {@link PrintStream} swallows errors. That is right while a command works, for a training
 * must not end because a terminal went away; so the first reason is kept, and the command asks for
 * it before it returns.
 */
public final class Output extends PrintStream {
  private final WatchedStream watched;

  private Output(WatchedStream watched) {
    super(new BufferedOutputStream(watched), true, Charset.defaultCharset());
    this.watched = watched;
  }

  /** Returns an output that ends each line on {@code stream} at once. */
  public static Output on(OutputStream stream) {
    return new Output(new WatchedStream(stream));
  }

  /** Writes what waits, and returns the first reason why some text could not be written. */
  static Optional<IOException> failureOf(PrintStream stream) {
    if (!stream.checkError()) {
      return Optional.empty();
    }
    Optional<IOException> known =
        stream instanceof Output output ? output.watched.failure() : Optional.empty();
    return known.or(() -> Optional.of(new IOException("an unknown error")));
  }
}
