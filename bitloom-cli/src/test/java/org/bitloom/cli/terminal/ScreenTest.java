package org.bitloom.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {
  private static final String K = "\u001b[K";
  private static final String J = "\u001b[J";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Screen screen(int columns, int rows) {
    return new Screen(
        new PrintStream(bytes, true, UTF_8), new Screen.Size(columns, rows), Letters.BLOCKS);
  }

  /** Returns what was printed since the last call. */
  private String printed() {
    String text = bytes.toString(UTF_8);
    bytes.reset();
    return text;
  }

  private static Screen.LiveText lines(String... lines) {
    return window -> List.of(lines);
  }

  @Test
  void linesAreOverwrittenFromTheFirstOn() {
    Screen screen = screen(80, 24);
    screen.show(lines("a", "b", "c"));
    assertThat(printed()).isEqualTo("a" + K + "\nb" + K + "\nc" + K);
    screen.show(lines("d"));
    assertThat(printed()).isEqualTo("\r\u001b[2Ad" + K + J);
    screen.line("stays");
    assertThat(printed()).isEqualTo("\r" + J + "stays\n");
    screen.clear();
    assertThat(printed()).isEmpty();
  }

  @Test
  void aNarrowerWindowTakesBackEveryRowThatItFoldedTheOldLinesInto() {
    Screen screen = screen(80, 24);
    screen.show(window -> List.of("x".repeat(Math.min(70, window.columns() - 1))));
    printed();
    screen.resize(new Screen.Size(30, 24));
    assertThat(printed()).isEqualTo("\r\u001b[2A" + J + "x".repeat(29) + K);
    screen.resize(new Screen.Size(60, 24));
    assertThat(printed()).isEqualTo("\r" + J + "x".repeat(59) + K);
  }

  @Test
  void whileTheWindowChangesNothingIsShown() {
    Screen screen = screen(80, 24);
    screen.show(lines("old"));
    printed();
    screen.changes();
    screen.show(lines("new"));
    assertThat(printed()).isEmpty();
    screen.resize(new Screen.Size(2, 24));
    assertThat(printed()).isEqualTo("\r\u001b[1A" + J + "n" + K);
  }

  @Test
  void noLineIsWiderThanTheWindowAndNoTextHigher() {
    Screen screen = screen(5, 3);
    screen.show(lines("abcdefg", "猫と犬", "third"));
    assertThat(printed()).isEqualTo("abcd" + K + "\n猫と" + K);
  }

  @Test
  void aNameCannotCommandTheTerminal() {
    Screen screen = screen(80, 24);
    screen.show(lines("a\u001b[2Jb\n"));
    screen.line("c\u001b]0;title\u0007");
    assertThat(printed()).isEqualTo("a?[2Jb?" + K + "\r" + J + "c?]0;title?\n");
  }

  @Test
  void aPipeGetsLinesAsTheyAreAndNothingElse() {
    Screen pipe = screen(0, 0);
    pipe.show(lines("live"));
    pipe.line("x".repeat(200));
    pipe.clear();
    pipe.resize(new Screen.Size(20, 20));
    assertThat(printed()).isEqualTo("x".repeat(200) + "\n");
  }

  @Test
  void sizesAreReadFromTheAnswerOfTheSystem() {
    assertThat(WindowSize.parse("24 80\n")).contains(new Screen.Size(80, 24));
    assertThat(WindowSize.parse("0 0\n")).isEmpty();
    assertThat(WindowSize.parse("stty: standard input: Inappropriate ioctl")).isEmpty();
    assertThat(new WindowSize(999_999).now()).isEmpty();
  }
}
