package org.bitloom.cli.command;

import org.bitloom.cli.terminal.Screen;

/** Prints lines on stderr and, on a terminal, one more below them that is overwritten. */
public final class LiveLine {
  private final Screen screen;

  public LiveLine(Console console) {
    this.screen = console.screen();
  }

  /** Says whether there is a terminal, so that {@link #show} shows anything. */
  boolean isLive() {
    return screen.isLive();
  }

  /** Shows a text in place of the last one, cut to fit. */
  public void show(String text) {
    screen.show(Screen.text(text));
  }

  /** Prints a line that stays, in place of the text shown. */
  public void line(String text) {
    screen.line(text);
  }

  /** Takes the text away. */
  public void clear() {
    screen.clear();
  }
}
