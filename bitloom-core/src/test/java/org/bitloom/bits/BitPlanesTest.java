package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitPlanesTest {
  @Test
  void weightSixtyFiveIsBitOneOfWordOne() {
    BitPlanes planes = new BitPlanes(2, 66);
    planes.set(1, 65, 1);
    assertThat(planes.words(1)).containsExactly(0, 0b10);
    assertThat(planes.words(0)).containsExactly(0, 0);
  }

  @ParameterizedTest(name = "{0} weights")
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 127, 128, 129, 1021})
  void planesHoldWhatABooleanArrayHolds(int weights) {
    SplittableRandom random = Seeds.random();
    int depth = 5;
    BitPlanes planes = new BitPlanes(depth, weights);
    boolean[][] expected = new boolean[depth][weights];
    for (int change = 0; change < 3 * depth * weights; change++) {
      int plane = random.nextInt(depth);
      int weight = random.nextInt(weights);
      expected[plane][weight] = random.nextBoolean();
      planes.set(plane, weight, expected[plane][weight] ? 1 : 0);
    }
    for (int plane = 0; plane < depth; plane++) {
      for (int weight = 0; weight < weights; weight++) {
        assertThat(planes.get(plane, weight))
            .as("plane %d weight %d, replay with -Dbitloom.seed=%d", plane, weight, Seeds.CURRENT)
            .isEqualTo(expected[plane][weight] ? 1 : 0);
      }
    }
  }

  @ParameterizedTest(name = "{0} weights")
  @ValueSource(ints = {0, 1, 63, 64, 65, 128})
  void aPlaneHasOneWordPerSixtyFourWeightsAndNothingPastTheLast(int weights) {
    BitPlanes planes = new BitPlanes(1, weights);
    for (int weight = 0; weight < weights; weight++) {
      planes.set(0, weight, 1);
    }
    long set = 0;
    for (long word : planes.words(0)) {
      set += Long.bitCount(word);
    }
    assertThat(planes.words(0)).hasSize((weights + 63) / 64);
    assertThat(set).isEqualTo(weights);
    assertThat(planes.weights()).isEqualTo(weights);
    assertThat(planes.planes()).isEqualTo(1);
  }

  @Test
  void onlyTheLowestBitOfTheArgumentCounts() {
    BitPlanes planes = new BitPlanes(1, 1);
    planes.set(0, 0, 3);
    assertThat(planes.get(0, 0)).isEqualTo(1);
    planes.set(0, 0, 2);
    assertThat(planes.get(0, 0)).isZero();
  }

  @Test
  void clearingABitLeavesItsNeighboursAlone() {
    BitPlanes planes = new BitPlanes(1, 64);
    for (int weight = 0; weight < 64; weight++) {
      planes.set(0, weight, 1);
    }
    planes.set(0, 31, 0);
    planes.set(0, 63, 0);
    assertThat(planes.words(0)).containsExactly(-1L & ~(1L << 31) & ~(1L << 63));
  }

  @Test
  void thereMayBeNoPlanesAtAll() {
    BitPlanes planes = new BitPlanes(0, 100);
    assertThat(planes.planes()).isZero();
    assertThat(planes.weights()).isEqualTo(100);
  }

  @Test
  void wordsAreThePlaneItself() {
    BitPlanes planes = new BitPlanes(1, 64);
    planes.words(0)[0] = 1L << 63;
    assertThat(planes.get(0, 63)).isEqualTo(1);
    assertThat(planes.get(0, 62)).isZero();
  }
}
