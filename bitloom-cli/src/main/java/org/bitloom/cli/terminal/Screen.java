package org.bitloom.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * A stream of lines that may be a terminal. There, some lines at its end are overwritten again and
 * again; they follow the width of the window.
 */
public final class Screen {
  private static final String ESCAPE = "\u001b[";
  private static final String ERASE_LINE = ESCAPE + "K";
  private static final String ERASE_BELOW = ESCAPE + "J";

  private final PrintStream stream;
  private final Letters letters;
  private Size size;
  private LiveText shown;
  private boolean changing;

  /** Columns taken by each of the lines shown. */
  private List<Integer> widths = List.of();

  /**
   * The size of a window.
   *
   * @param columns 0 = there is no terminal
   */
  public record Size(int columns, int rows) {
    /** Stands for a pipe or a file. */
    public static final Size NONE = new Size(0, 0);
  }

  /** What is shown until something else is. */
  @FunctionalInterface
  public interface LiveText {
    /** Returns the lines for a window; those that do not fit are cut. */
    List<String> lines(Size window);
  }

  public Screen(PrintStream stream, Size size, Letters letters) {
    this.stream = stream;
    this.size = size;
    this.letters = letters;
  }

  /** Returns a text of one line. */
  public static LiveText text(String line) {
    return window -> List.of(line);
  }

  /** Says whether lines may be overwritten. */
  public synchronized boolean isLive() {
    return size.columns() > 0;
  }

  /** Returns the size of the window now. */
  public synchronized Size size() {
    return size;
  }

  public Letters letters() {
    return letters;
  }

  /** Shows a text in place of the last one; where there is no terminal, nothing. */
  public synchronized void show(LiveText text) {
    if (!isLive()) {
      return;
    }
    shown = text;
    if (!changing) {
      draw(widths.size());
    }
  }

  /** Prints a line that stays, in place of the text shown; on a terminal folded. */
  public synchronized void line(String text) {
    clear();
    print(stream, text, size.columns());
  }

  /** Prints a line, folded to some columns, or as it is where they are 0. */
  public static void print(PrintStream stream, String text, int columns) {
    if (columns == 0) {
      stream.println(text);
    } else {
      Fold.line(TextWidth.clean(text), columns).forEach(stream::println);
    }
  }

  /** Takes the text away. */
  public synchronized void clear() {
    if (!widths.isEmpty()) {
      stream.print(back(widths.size()) + ERASE_BELOW);
      stream.flush();
    }
    widths = List.of();
    shown = null;
  }

  /** Takes in that the window changes: what is shown waits until {@link #resize} tells its size. */
  public synchronized void changes() {
    changing = true;
  }

  /** Takes in the size that the window has now. */
  public synchronized void resize(Size other) {
    changing = false;
    if (!isLive() || other.columns() < 1) {
      return;
    }
    // terminals fold what they show when they become narrower
    int rows = widths.stream().mapToInt(width -> Math.max(1, ceil(width, other.columns()))).sum();
    size = other;
    if (shown != null) {
      stream.print(back(rows) + ERASE_BELOW);
      draw(0);
    }
  }

  private static int ceil(int width, int columns) {
    return (width + columns - 1) / columns;
  }

  /** Moves to the first of so many lines, in the last of which the cursor stands. */
  private static String back(int rows) {
    return rows > 1 ? "\r" + ESCAPE + (rows - 1) + "A" : "\r";
  }

  private void draw(int rowsBefore) {
    List<String> lines =
        shown.lines(size).stream()
            .limit(Math.max(1, size.rows() - 1))
            .map(line -> TextWidth.cut(TextWidth.clean(line), size.columns() - 1)) // no wrap
            .toList();
    StringBuilder text = new StringBuilder(rowsBefore == 0 ? "" : back(rowsBefore));
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? "" : "\n").append(lines.get(i)).append(ERASE_LINE);
    }
    if (rowsBefore > lines.size()) {
      text.append(ERASE_BELOW);
    }
    stream.print(text);
    stream.flush();
    widths = lines.stream().map(TextWidth::of).toList();
  }
}
