package org.bitloom.update.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenFieldsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 511, 512, 513, 1300})
  void everyWeightKeepsItsFrozenBitsAndNoOthers(int weights) {
    SplittableRandom random = Seeds.random();
    for (int depth = 1; depth <= BitLayout.MAX_DEPTH; depth++) {
      int every = -1 >>> (32 - depth);
      int trained = random.nextInt() & every;
      BitLayout layout = new BitLayout(depth, trained == 0 ? 1 : trained);
      FrozenFields fields = new FrozenFields(layout, weights);
      int[] codes = random.ints(weights).toArray();
      for (int pass = 0; pass < 2; pass++) { // the second time over what is there
        for (int weight = 0; weight < weights; weight++) {
          fields.set(weight, pass == 0 ? random.nextInt() : codes[weight]);
        }
      }
      for (int weight = 0; weight < weights; weight++) {
        assertThat(fields.code(weight))
            .as("weight %d, mask %s, seed %d", weight, layout.mask(), Seeds.CURRENT)
            .isEqualTo(codes[weight] & every & ~layout.trained());
      }
    }
  }

  @Test
  void aFieldLiesWhereTheClassSays() {
    FrozenFields fields = new FrozenFields(BitMask.top(3).at(6), 512);
    assertThat(fields.packed()).hasSize(48);
    fields.set(170, 0b111101);
    assertThat(fields.packed()[10]).isEqualTo(1 << 30);
    assertThat(fields.packed()[26]).isEqualTo(1);
    assertThat(fields.code(170)).isEqualTo(0b101);
  }

  @Test
  void nothingIsKeptWhereAllBitsAreTrained() {
    FrozenFields fields = new FrozenFields(BitMask.all().at(32), 100);
    assertThat(fields.packed()).isEmpty();
    fields.set(99, -1);
    assertThat(fields.code(99)).isZero();
  }
}
