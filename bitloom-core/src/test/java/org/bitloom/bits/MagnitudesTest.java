package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagnitudesTest {
  /** Tries all magnitudes that agree with the given bits. */
  private static int nearestOfAll(int code, int depth, int given, double size) {
    int most = SignMagnitude.magnitude(-1, depth);
    int best = -1;
    for (int magnitude = 0; magnitude <= most; magnitude++) {
      boolean agrees = ((magnitude ^ code) & given & most) == 0;
      if (agrees && (best < 0 || Math.abs(size - magnitude) < Math.abs(size - best))) {
        best = magnitude;
      }
    }
    return best;
  }

  static IntStream sets() {
    return IntStream.range(0, 64);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void noMagnitudeWithTheGivenBitsIsNearer(int given) {
    SplittableRandom random = Seeds.random();
    int[] codes = random.ints(100, 0, 64).toArray();
    Magnitudes.Around magnitudes = new Magnitudes.Around(codes, 6, given);
    for (int i = 0; i < codes.length; i++) {
      double size = 44 * random.nextDouble() - 6;
      assertThat(magnitudes.magnitude(i, size))
          .as("%f around %s, set %s", size, codes[i], Integer.toBinaryString(given))
          .isEqualTo(nearestOfAll(codes[i], 6, given, size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1fff_ffff, 0x5555_5555, 0x2aaa_aaaa, -1, 0})
  void theLargestDepthHasRoomForAllSizes(int given) {
    int[] codes = Seeds.random().ints(50).toArray();
    Magnitudes.Around magnitudes = new Magnitudes.Around(codes, 32, given);
    for (int i = 0; i < codes.length; i++) {
      for (double size : new double[] {-1e12, 0, 1, 0x1p29, 0x1p30 + 0.5, 0x1p31, 1e12}) {
        int magnitude = magnitudes.magnitude(i, size);
        assertThat(magnitude).isBetween(0, magnitudes.largest());
        assertThat((magnitude ^ codes[i]) & given & Integer.MAX_VALUE).isZero();
      }
    }
  }
}
