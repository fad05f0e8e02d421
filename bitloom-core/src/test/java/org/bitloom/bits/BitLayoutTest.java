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

class BitLayoutTest {
  @Test
  void theWorkedExampleTrainsSignAndTwoTopMagnitudeBits() {
    BitLayout layout = new BitLayout(6, 0b111000);
    assertThat(layout.magnitudeBits()).isEqualTo(5);
    assertThat(layout.signBit()).isEqualTo(5);
    assertThat(layout.signTrained()).isTrue();
    assertThat(layout.trainedMagnitudeBits()).containsExactly(3, 4);
    assertThat(layout.frozenBits()).containsExactly(0, 1, 2);
    assertThat(layout.mask()).isEqualTo("111000");
  }

  @Test
  void theSignMayBeFrozen() {
    BitLayout layout = new BitLayout(6, 0b000111);
    assertThat(layout.signTrained()).isFalse();
    assertThat(layout.trainedMagnitudeBits()).containsExactly(0, 1, 2);
    assertThat(layout.frozenBits()).containsExactly(3, 4, 5);
  }

  @Test
  void depthOneIsTheSignAlone() {
    BitLayout layout = new BitLayout(1, 1);
    assertThat(layout.magnitudeBits()).isZero();
    assertThat(layout.signBit()).isZero();
    assertThat(layout.signTrained()).isTrue();
    assertThat(layout.trainedMagnitudeBits()).isEmpty();
    assertThat(layout.frozenBits()).isEmpty();
    assertThat(layout.mask()).isEqualTo("1");
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everySetOfTrainedBitsIsDescribedBitByBit(int depth) {
    for (int trained = 1; trained < 1 << depth; trained++) {
      assertDescribed(depth, trained);
    }
  }

  @ParameterizedTest(name = "depth {0}")
  @MethodSource("deepLayouts")
  void deepLayoutsAreDescribedBitByBit(int depth) {
    SplittableRandom random = Seeds.random();
    int all = (int) ((1L << depth) - 1);
    assertDescribed(depth, all);
    assertDescribed(depth, 1);
    assertDescribed(depth, 1 << (depth - 1));
    for (int i = 0; i < 50; i++) {
      int trained = random.nextInt() & all;
      assertDescribed(depth, trained == 0 ? 1 : trained);
    }
  }

  static IntStream deepLayouts() {
    return IntStream.rangeClosed(11, 32);
  }

  private static void assertDescribed(int depth, int trained) {
    BitLayout layout = new BitLayout(depth, trained);
    StringBuilder mask = new StringBuilder();
    for (int bit = 0; bit < depth; bit++) {
      boolean set = (trained >>> bit & 1) == 1;
      assertThat(layout.isTrained(bit)).as("bit %d of %s", bit, layout).isEqualTo(set);
      mask.insert(0, set ? '1' : '0');
    }
    int[] magnitude =
        IntStream.range(0, depth - 1).filter(bit -> (trained >>> bit & 1) == 1).toArray();
    int[] frozen = IntStream.range(0, depth).filter(bit -> (trained >>> bit & 1) == 0).toArray();
    assertThat(layout.trainedMagnitudeBits()).as("%s", layout).containsExactly(magnitude);
    assertThat(layout.frozenBits()).as("%s", layout).containsExactly(frozen);
    assertThat(layout.mask()).isEqualTo(mask.toString());
    assertThat(layout.signTrained()).isEqualTo(layout.isTrained(depth - 1));
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 33, Integer.MAX_VALUE})
  void aDepthOutOfRangeIsRefused(int depth) {
    assertThatThrownBy(() -> new BitLayout(depth, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth must be 1..32 (the sign bit counts as one), got " + depth);
  }

  @Test
  void aLayoutThatTrainsNothingIsRefused() {
    assertThatThrownBy(() -> new BitLayout(6, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask must train at least one bit, got none");
  }

  @Test
  void trainedBitsOutsideTheDepthAreRefused() {
    assertThatThrownBy(() -> new BitLayout(3, 0b1001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trained bits must lie within depth 3, got 1001");
    assertThatThrownBy(() -> new BitLayout(31, 1 << 31))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("within depth 31");
  }
}
