package org.bitloom.cli.command;

/** Prints lines on stderr and, on a terminal, one more below them that is overwritten. */
public final class LiveLine {
  private final Console console;
  private int width;

  public LiveLine(Console console) {
    this.console = console;
  }

  /** Says whether there is a terminal, so that {@link #show} shows anything. */
  boolean isLive() {
    return console.columns() > 0;
  }

  /** Shows a text in place of the last one, cut to fit. */
  public synchronized void show(String text) {
    if (!isLive()) {
      return;
    }
    String shown = text.substring(0, Math.min(text.length(), console.columns() - 1)); // no wrap
    String blanks = " ".repeat(Math.max(0, width - shown.length()));
    console.err().print("\r" + shown + blanks);
    console.err().flush();
    width = shown.length();
  }

  /** Prints a line that stays, in place of the text shown. */
  public synchronized void line(String text) {
    clear();
    console.err().println(text);
  }

  /** Takes the text away. */
  public synchronized void clear() {
    if (width > 0) {
      console.err().print("\r" + " ".repeat(width) + "\r");
      console.err().flush();
      width = 0;
    }
  }
}
