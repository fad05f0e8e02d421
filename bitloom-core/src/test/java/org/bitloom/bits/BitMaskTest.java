package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitMaskTest {
  static IntStream depths() {
    return IntStream.rangeClosed(1, 32);
  }

  @ParameterizedTest(name = "depth {0}")
  @MethodSource("depths")
  void topTrainsTheSignAndTheBitsBelowIt(int depth) {
    for (int top = 1; top <= depth; top++) {
      String expected = "1".repeat(top) + "0".repeat(depth - top);
      assertThat(BitMask.top(top).at(depth).mask()).isEqualTo(expected);
      assertThat(BitMask.parse("top" + top).at(depth)).isEqualTo(BitMask.top(top).at(depth));
    }
  }

  @ParameterizedTest(name = "depth {0}")
  @MethodSource("depths")
  void allAndSignAreTheEndsOfTop(int depth) {
    assertThat(BitMask.all().at(depth)).isEqualTo(BitMask.top(depth).at(depth));
    assertThat(BitMask.parse("all").at(depth).mask()).isEqualTo("1".repeat(depth));
    assertThat(BitMask.sign().at(depth)).isEqualTo(BitMask.top(1).at(depth));
    assertThat(BitMask.parse("sign").at(depth).signTrained()).isTrue();
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyDigitFormSurvivesTheRoundTrip(int depth) {
    for (int trained = 1; trained < 1 << depth; trained++) {
      BitLayout layout = new BitLayout(depth, trained);
      assertThat(BitMask.parse(layout.mask()).at(depth)).isEqualTo(layout);
    }
  }

  @ParameterizedTest(name = "depth {0}")
  @MethodSource("depths")
  void randomDigitFormsSurviveTheRoundTrip(int depth) {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 50; i++) {
      int trained = (random.nextInt() | 1) & (int) ((1L << depth) - 1);
      BitLayout layout = new BitLayout(depth, trained);
      assertThat(BitMask.parse(layout.mask()).at(depth))
          .as("replay with -Dbitloom.seed=%d", Seeds.CURRENT)
          .isEqualTo(layout);
    }
  }

  @Test
  void digitsAreReadSignFirst() {
    assertThat(BitMask.parse("100000").at(6)).isEqualTo(new BitLayout(6, 0b100000));
    assertThat(BitMask.parse("000111").at(6)).isEqualTo(new BitLayout(6, 0b000111));
  }

  @Test
  void onlyDigitsAreExplicit() {
    assertThat(BitMask.parse("111000").isExplicit()).isTrue();
    assertThat(BitMask.parse("1").isExplicit()).isTrue();
    assertThat(BitMask.parse("top1").isExplicit()).isFalse();
    assertThat(BitMask.all().isExplicit()).isFalse();
    assertThat(BitMask.sign().isExplicit()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "sign", "top1", "top32", "1", "111000"})
  void aMaskPrintsTheTextItWasReadFrom(String text) {
    assertThat(BitMask.parse(text)).hasToString(text).isEqualTo(new BitMask(text));
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        " ",
        "top",
        "top0",
        "top01",
        "top-1",
        "top100",
        "Top3",
        "ALL",
        "sign ",
        " 111",
        "11 1",
        "112",
        "0x1",
        "all\n",
        "111\n",
        "١١١",
        "111111111111111111111111111111111"
      })
  void anyOtherTextIsRefusedByName(String text) {
    assertThatThrownBy(() -> BitMask.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mask must be topN, all, sign, or 1 to 32 digits")
        .hasMessageEndingWith("got '" + text + "'");
  }

  @Test
  void topOutOfRangeIsRefused() {
    assertThatThrownBy(() -> BitMask.top(0)).hasMessage("top must be 1..32 bits, got 0");
    assertThatThrownBy(() -> BitMask.top(33)).hasMessage("top must be 1..32 bits, got 33");
  }

  @Test
  void aMaskThatDoesNotFitTheDepthIsRefused() {
    assertThatThrownBy(() -> BitMask.parse("111000").at(8))
        .hasMessage("mask must have one digit per bit: depth is 8, got 6 digits (111000)");
    assertThatThrownBy(() -> BitMask.top(5).at(4))
        .hasMessage("mask must not be longer than the depth: depth is 4, got top5");
    assertThatThrownBy(() -> BitMask.parse("top33").at(32)).hasMessageContaining("got top33");
    assertThatThrownBy(() -> BitMask.all().at(33)).hasMessageContaining("depth must be 1..32");
    assertThatThrownBy(() -> BitMask.sign().at(0)).hasMessageContaining("depth must be 1..32");
  }

  @Test
  void digitsThatTrainNothingAreRefusedWhenApplied() {
    assertThatThrownBy(() -> BitMask.parse("0000").at(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask must train at least one bit, got none");
  }
}
