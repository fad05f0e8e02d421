package org.bitloom.plot.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetteringTest {
  private static final MeasuredFont FONT = Lettering.TEXT;

  @ParameterizedTest
  @ValueSource(doubles = {12, 13, 50, 100, 1000})
  void linesFitAndNothingIsLost(double width) {
    String text = "one two  three-and-a-very-long-word 中文字 \uD83D\uDE00\uD83D\uDE00 x";
    List<String> lines = Lettering.wrap(text, FONT, width);
    assertThat(lines).allMatch(line -> FONT.widthOf(line) <= width);
    assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
  }

  @Test
  void wordsStayWholeWhereTheyFit() {
    assertThat(Lettering.wrap("aaaa bbbb cccc", FONT, FONT.widthOf("aaaa bbbb ")))
        .containsExactly("aaaa bbbb", "cccc");
  }

  @Test
  void aLetterWiderThanTheLineStillGetsALine() {
    assertThat(Lettering.wrap("WW", FONT, 1)).containsExactly("W", "W");
  }

  @Test
  void boldLettersAreWider() {
    MeasuredFont bold = new MeasuredFont(Font.BOLD, FONT.getSize());
    assertThat(bold.widthOf("title")).isGreaterThan(FONT.widthOf("title"));
  }
}
