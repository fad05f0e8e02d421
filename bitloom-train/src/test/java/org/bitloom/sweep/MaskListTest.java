package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskListTest {
  private static List<String> at(String text, int depth) {
    return new MaskList(text).at(depth).stream().map(BitMask::text).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "top2, 4, 1100",
    "all, 4, 1111",
    "sign, 4, 1000",
    "0110, 4, 0110",
    "0110, 5, ''",
    "top4, 2, ''",
    "bottom3, 6, 000111",
    "bottom3, 2, ''",
    "top1..top3, 4, 1000 1100 1110",
    "top2..3, 4, 1100 1110",
    "top1..top4, 2, 10 11",
    "top1..all, 3, 100 110 111",
    "bottom1..bottom2, 3, 001 011",
    "single, 3, 100 010 001",
    "every, 2, 01 10 11",
    "every, 1, 1"
  })
  void masksOfADepth(String text, int depth, String masks) {
    assertThat(String.join(" ", at(text, depth))).isEqualTo(masks);
  }

  @Test
  void everyMakesAllMasksOfASmallDepth() {
    assertThat(at("every", 4)).hasSize(15).doesNotHaveDuplicates().doesNotContain("0000");
    assertThatThrownBy(() -> at("every", 16))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("got depth 16");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "topp", "top0", "top3..top1", "top1..bottom3", "012", "bottom", "1..3"})
  void otherWordsAreRefused(String text) {
    assertThatThrownBy(() -> new MaskList(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("got '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "1111, all",
    "1000, top1",
    "1100, top2",
    "0001, bottom1",
    "0111, bottom3",
    "1010, 1010",
    "1, all"
  })
  void namesAreShort(String mask, String name) {
    assertThat(MaskName.of(BitMask.parse(mask).at(mask.length()))).isEqualTo(name);
  }
}
