package org.bitloom.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.bitloom.io.Json;

/**
 * Where commands print.
 *
 * @param out results
 * @param err errors and progress
 * @param columns width of the terminal that {@code err} is; 0 = it is none, no line may be
 *     overwritten
 */
public record Console(PrintStream out, PrintStream err, int columns) {
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  /** Makes the console of this JVM from what the launcher found out about its stderr. */
  public static Console standard() {
    int columns = Integer.getInteger("bitloom.columns", USUAL_COLUMNS);
    int usable = columns < FEWEST_COLUMNS ? USUAL_COLUMNS : columns;
    boolean terminal = Boolean.getBoolean("bitloom.terminal");
    return new Console(StandardStreams.out(), StandardStreams.err(), terminal ? usable : 0);
  }

  /** Returns a console that shows results but no progress. */
  public Console quiet() {
    return new Console(
        out, new PrintStream(OutputStream.nullOutputStream(), false, Charset.defaultCharset()), 0);
  }

  /** Returns a console whose results go to stderr, for when stdout is a file's content. */
  public Console toErr() {
    return new Console(err, err, columns);
  }

  /** Returns what takes a live line away that may stand on a terminal. */
  public String freshLine() {
    return columns == 0 ? "" : "\r" + " ".repeat(columns - 1) + "\r";
  }

  /**
   * Returns where the content of a file goes, if that is stdout; unlike {@link #out} it throws when
   * nobody takes it.
   */
  public OutputStream content() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        flush();
      }

      @Override
      public void flush() throws IOException {
        Optional<IOException> failure = Output.failureOf(out);
        if (failure.isPresent()) {
          throw new UnwrittenException("stdout", failure.get());
        }
      }
    };
  }

  /** Writes what waits, and returns why some of all that was printed could not be written. */
  public Optional<UnwrittenException> unwritten() {
    return Output.failureOf(out)
        .map(failure -> new UnwrittenException("stdout", failure))
        .or(() -> Output.failureOf(err).map(e -> new UnwrittenException("stderr", e)));
  }

  /** Prints one line of a result. */
  public void line(String format, Object... values) {
    out.println(values.length == 0 ? format : Figures.format(format, values));
  }

  /** Prints the one object of {@code --json}. */
  public void json(Map<String, Object> object) {
    out.println(Json.print(object));
  }
}
