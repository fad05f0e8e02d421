package org.bitloom.update.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;

class BitSpreadTest {
  @Test
  void everyBitArrivesAtItsTarget() {
    SplittableRandom random = Seeds.random();
    for (int round = 0; round < 500; round++) {
      int[] sources = places(random);
      int[] targets = Arrays.copyOf(places(random), sources.length);
      for (int i = 0; i < targets.length; i++) { // shorter lists were filled up with 0
        targets[i] = i > 0 && targets[i] <= targets[i - 1] ? targets[i - 1] + 1 : targets[i];
      }
      targets = Arrays.stream(targets).map(target -> target & 31).toArray();
      BitSpread spread = new BitSpread(sources, targets);
      int source = random.nextInt();
      int expected = 0;
      for (int i = 0; i < sources.length; i++) {
        expected |= (source >>> sources[i] & 1) << targets[i];
      }
      assertThat(spread.apply(source))
          .as("%s to %s", Arrays.toString(sources), Arrays.toString(targets))
          .isEqualTo(expected);
    }
  }

  private static int[] places(SplittableRandom random) {
    int many = random.nextInt();
    int set = many & random.nextInt();
    return IntStream.range(0, 32).filter(bit -> (set >>> bit & 1) != 0).toArray();
  }

  @Test
  void neighboursThatMoveAlikeAreOneField() {
    BitSpread spread = new BitSpread(new int[] {0, 1, 8, 9}, new int[] {3, 4, 5, 6});
    assertThat(spread.fields()).isEqualTo(2);
    assertThat(spread.mask(0)).isEqualTo(0x003);
    assertThat(spread.left(0)).isEqualTo(3);
    assertThat(spread.right(0)).isZero();
    assertThat(spread.mask(1)).isEqualTo(0x300);
    assertThat(spread.left(1)).isZero();
    assertThat(spread.right(1)).isEqualTo(3);
    assertThat(spread.isIdentity()).isFalse();
  }

  @Test
  void bitsThatStayAreTheIdentity() {
    assertThat(new BitSpread(new int[0], new int[0]).isIdentity()).isTrue();
    assertThat(new BitSpread(new int[] {0, 1, 30}, new int[] {0, 1, 30}).isIdentity()).isTrue();
    assertThat(new BitSpread(new int[] {0}, new int[] {1}).isIdentity()).isFalse();
  }
}
