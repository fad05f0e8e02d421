package org.bitloom.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.bitloom.cli.terminal.Letters;
import org.bitloom.cli.terminal.Screen;
import org.bitloom.cli.terminal.Screen.Size;
import org.bitloom.cli.terminal.WindowSize;
import org.bitloom.io.Json;

/**
 * Where commands print.
 *
 * @param out results
 * @param err errors and progress
 * @param screen what {@code err} is shown on
 * @param outColumns width of the terminal that {@code out} is; 0 = it is none
 */
public record Console(PrintStream out, PrintStream err, Screen screen, int outColumns) {
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  /** Prints results to a pipe, and the rest to a terminal of some columns; 0 = to a pipe too. */
  public Console(PrintStream out, PrintStream err, int columns) {
    this(out, err, new Screen(err, new Size(columns, USUAL_ROWS), Letters.of(UTF_8)), 0);
  }

  /** Makes the console of this JVM from what the launcher found out about its streams. */
  public static Console standard() {
    PrintStream out = StandardStreams.out();
    PrintStream err = StandardStreams.err();
    Size window = Boolean.getBoolean("bitloom.terminal") ? window() : Size.NONE;
    Screen screen = new Screen(err, window, letters());
    if (screen.isLive()) {
      new WindowSize(StandardStreams.errDescriptor()).tell(screen);
    }
    return new Console(out, err, screen, Integer.getInteger("bitloom.out.columns", 0));
  }

  private static Size window() {
    int columns = Integer.getInteger("bitloom.columns", 0);
    int rows = Integer.getInteger("bitloom.rows", 0);
    return new Size(columns > 0 ? columns : USUAL_COLUMNS, rows > 0 ? rows : USUAL_ROWS);
  }

  /** The launcher gives a JVM that knows no letters beyond ASCII another locale than the user's. */
  private static Letters letters() {
    return Boolean.getBoolean("bitloom.ascii")
        ? Letters.ASCII
        : Letters.of(Charset.forName(System.getProperty("native.encoding", "US-ASCII")));
  }

  /** Returns a console that shows results but no progress. */
  public Console quiet() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, Charset.defaultCharset());
    return new Console(out, nowhere, new Screen(nowhere, Size.NONE, Letters.ASCII), outColumns);
  }

  /** Returns a console whose results go to stderr, for when stdout is a file's content. */
  public Console toErr() {
    return new Console(err, err, screen, screen.size().columns());
  }

  /** Prints a line on stderr that stays, above what is overwritten there. */
  public void tell(String line) {
    screen.line(line);
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
    Screen.print(out, values.length == 0 ? format : Figures.format(format, values), outColumns);
  }

  /** Prints the one object of {@code --json}. */
  public void json(Map<String, Object> object) {
    out.println(Json.print(object));
  }
}
