package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitRangeTest {
  @ParameterizedTest
  @CsvSource({
    "5..3, 101101, 101",
    "5..0, 101101, 101101",
    "3..1, 101101, 110",
    "0..0, 101101, 1",
    "31..31, 10000000000000000000000000000000, 1",
    "31..0, 11000000000000000000000000000001, 11000000000000000000000000000001"
  })
  void aPartIsReadBitForBit(String range, String code, String part) {
    assertThat(BitRange.parse(range).of(Integer.parseUnsignedInt(code, 2)))
        .isEqualTo(Integer.parseUnsignedInt(part, 2));
    assertThat(BitRange.parse(range)).hasToString(range);
  }

  @Test
  void theDepthCountsTheSign() {
    assertThat(BitRange.parse("5..3").depth()).isEqualTo(3);
    assertThat(new BitRange(31, 0).depth()).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5-3", "5..", "..3", "a..b", "5..3 ", "-1..0", "100..0"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> BitRange.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessage("bits must be HI..LO, got '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3..5", "32..0", "99..98"})
  void impossiblePartsAreRefused(String text) {
    assertThatThrownBy(() -> BitRange.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessage("bits must be HI..LO with 31 >= HI >= LO >= 0, got " + text);
  }
}
