package org.bitloom.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.model.BitTensor;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;

class PlaneScanTest {
  private static final int SIZE = 20_001;

  private static List<PlaneScan> scan(int[] codes) {
    return PlaneScan.of(
        new BitTensor("w", List.of(codes.length), BitMask.parse("1100").at(4), 1, codes));
  }

  @Test
  void noiseLooksLikeNoise() {
    int[] codes = Seeds.random().ints(SIZE, 0, 16).toArray();

    assertThat(scan(codes)).hasSize(4).allMatch(PlaneScan::looksLikeNoise);
    assertThat(scan(codes)).extracting(PlaneScan::free).containsExactly(true, true, false, false);
  }

  @Test
  void whatHasAPatternDoesNot() {
    SplittableRandom random = Seeds.random();
    int[] codes = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int half = random.nextInt(2);
      int noise = random.nextInt(2);
      int most = random.nextInt(16) == 0 ? 0 : 1;
      int second = i % 3 == 0 ? noise : half;
      codes[i] = half + 2 * second + 4 * most + 8 * (i / 4 % 2);
    }

    List<PlaneScan> scans = scan(codes);

    assertThat(scans)
        .extracting(PlaneScan::looksLikeNoise)
        .containsExactly(false, true, false, false);
    assertThat(scans.get(0).correlation()).isBetween(0.6, 0.7);
    assertThat(scans.get(2).statistics().ones()).isBetween(0.92, 0.95);
    assertThat(scans.get(3).chiSquare()).isGreaterThan(1000);
  }

  @Test
  void firstWeightsOfWhichNoneIsZeroAreToldFromWhatHasAPattern() {
    int[] first = new int[240_000];
    SplittableRandom random = Seeds.random("first");
    for (int i = 0; i < first.length; i++) {
      first[i] = 8 * random.nextInt(2) + 1 + random.nextInt(7);
    }
    assertThat(scan(first)).noneMatch(plane -> plane.bit() < 3 && plane.looksLikeNoise());
    assertThat(scan(first)).allMatch(plane -> plane.looksLikeFirstWeights(3));
    int[] mostlyOne = Arrays.stream(first).map(code -> code | ((code >>> 1) & 1)).toArray();
    assertThat(scan(mostlyOne).get(0).looksLikeFirstWeights(3)).isFalse();
  }

  @Test
  void planesOfFewBytesHaveNoChiSquare() {
    assertThat(scan(new int[100])).allMatch(scan -> Double.isNaN(scan.chiSquare()));
  }
}
