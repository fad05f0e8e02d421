package org.bitloom.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextWidthTest {
  @Test
  void wideLettersTakeTwoColumnsAndAccentsNone() {
    assertThat(TextWidth.of("abc")).isEqualTo(3);
    assertThat(TextWidth.of("猫と犬")).isEqualTo(6);
    assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
    assertThat(TextWidth.of("😀")).isEqualTo(2);
    assertThat(TextWidth.of("▁█")).isEqualTo(2);
  }

  @Test
  void aWideLetterThatDoesNotFitWholeIsLeftOut() {
    assertThat(TextWidth.cut("猫と犬", 3)).isEqualTo("猫");
    assertThat(TextWidth.cut("a😀b", 3)).isEqualTo("a😀");
    assertThat(TextWidth.cut("ab", 5)).isEqualTo("ab");
  }

  @Test
  void commandsForTheTerminalDoNotReachIt() {
    assertThat(TextWidth.clean("a\u001b[31mred\u0007\nb\tc\u009b2J\u202e\ud800"))
        .isEqualTo("a?[31mred??b c?2J??");
    assertThat(TextWidth.clean("café 猫 😀")).isEqualTo("café 猫 😀");
  }
}
