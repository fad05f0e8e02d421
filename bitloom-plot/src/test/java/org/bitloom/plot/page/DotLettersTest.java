package org.bitloom.plot.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DotLettersTest {
  private static String drawn(int letter) {
    StringBuilder dots = new StringBuilder();
    for (int row = 0; row < 9; row++) {
      for (int column = 0; column < 5; column++) {
        dots.append(DotLetters.isInk(letter, row, column) ? '#' : '.');
      }
      dots.append('\n');
    }
    return dots.toString();
  }

  @Test
  void everyLetterOfAsciiLooksDifferent() {
    Set<String> looks = new HashSet<>();
    for (int letter = ' '; letter <= '~'; letter++) {
      assertThat(looks.add(drawn(letter))).as("letter %c", letter).isTrue();
    }
  }

  @Test
  void lettersStandInTheOrderOfAscii() {
    assertThat(drawn('T')).startsWith("#####\n..#..\n..#..\n");
    assertThat(drawn('_')).endsWith(".....\n#####\n.....\n");
    assertThat(drawn(' ')).doesNotContain("#");
  }

  @Test
  void whatIsNoAsciiIsAQuestionMark() {
    assertThat(drawn('ß')).isEqualTo(drawn('?'));
    assertThat(DotLetters.widthOf("a😀")).isEqualTo(12);
  }
}
