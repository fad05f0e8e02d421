package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerStatisticsTest {
  private static BitTensor tensor(int depth, int... codes) {
    return new BitTensor("w", List.of(codes.length), BitMask.all().at(depth), 0.5f, codes);
  }

  @Test
  void bothZerosCountAsZero() {
    LayerStatistics statistics = LayerStatistics.of(tensor(3, 0b000, 0b100, 0b001, 0b111, 0b110));

    assertThat(statistics.negative()).isEqualTo(2);
    assertThat(statistics.zero()).isEqualTo(2);
    assertThat(statistics.positive()).isEqualTo(1);
    assertThat(statistics.weights()).isEqualTo(5);
    assertThat(statistics.zeroShare()).isEqualTo(0.4);
  }

  @Test
  void binaryWeightsAreNeverZero() {
    LayerStatistics statistics = LayerStatistics.of(tensor(1, 0, 1, 1));

    assertThat(statistics.negative()).isEqualTo(2);
    assertThat(statistics.zero()).isZero();
    assertThat(statistics.positive()).isEqualTo(1);
  }

  @Test
  void planesRunFromTheLeastSignificantBitToTheSign() {
    LayerStatistics statistics = LayerStatistics.of(tensor(3, 0b001, 0b011, 0b001, 0b001));

    assertThat(statistics.planes())
        .extracting(PlaneStatistics::ones)
        .containsExactly(1.0, 0.25, 0.0);
  }

  @Test
  void entropyIsOneBitForAFairPlaneAndNoneForAConstantOne() {
    List<PlaneStatistics> planes =
        LayerStatistics.of(tensor(3, 0b011, 0b010, 0b011, 0b010)).planes();

    assertThat(planes.get(0).entropyBits()).isEqualTo(1);
    assertThat(planes.get(1).entropyBits()).isZero();
    assertThat(planes.get(2).entropyBits()).isZero();
    assertThat(PlaneStatistics.of(1, 4).entropyBits()).isCloseTo(0.811278, within(1e-6));
    assertThat(PlaneStatistics.of(3, 4)).isEqualTo(new PlaneStatistics(0.75, 0.8112781244591328));
  }

  @Test
  void packedSizeIsDepthBitsPerWeightRoundedUpAndAScale() {
    assertThat(LayerStatistics.of(tensor(6, new int[266_200])).packedBytes()).isEqualTo(199_654);
    assertThat(LayerStatistics.of(tensor(3, 0, 0, 0)).packedBytes()).isEqualTo(2 + 4);
    assertThat(LayerStatistics.of(tensor(1, 0)).packedBytes()).isEqualTo(1 + 4);
    assertThat(LayerStatistics.of(tensor(32, 0)).packedBytes()).isEqualTo(4 + 4);
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 2, 8, 31, 32})
  void countsAgreeWithTheRealWeights(int depth) {
    int all = -1 >>> (32 - depth);
    int[] codes = Seeds.random().ints(1021).map(code -> code & all).toArray();
    LayerStatistics statistics = LayerStatistics.of(tensor(depth, codes));
    LayerStatistics ofFloats =
        LayerStatistics.of(
            new FloatTensor("w", List.of(codes.length), tensor(depth, codes).weights()));

    assertThat(statistics.negative()).isEqualTo(ofFloats.negative());
    assertThat(statistics.zero()).isEqualTo(ofFloats.zero());
    assertThat(statistics.positive()).isEqualTo(ofFloats.positive());
    assertThat(ofFloats.planes()).isEmpty();
    assertThat(ofFloats.packedBytes()).isEqualTo(4 * 1021);
    for (int bit = 0; bit < depth; bit++) {
      int plane = bit;
      long ones = java.util.Arrays.stream(codes).filter(code -> (code >>> plane & 1) == 1).count();
      assertThat(statistics.planes().get(bit).ones()).isEqualTo(ones / 1021.0);
    }
  }

  @Test
  void smallestFloatsAreNotZero() {
    float[] values = {Float.MIN_VALUE, -Float.MIN_VALUE, -0.0f, 0};
    LayerStatistics statistics = LayerStatistics.of(new FloatTensor("w", List.of(4), values));

    assertThat(statistics.zero()).isEqualTo(2);
    assertThat(statistics.negative()).isEqualTo(1);
  }

  @Test
  void layoutDoesNotChangeTheCounts() {
    BitTensor few = new BitTensor("w", List.of(2), new BitLayout(3, 0b100), 0.5f, new int[] {1, 5});
    assertThat(LayerStatistics.of(few)).isEqualTo(LayerStatistics.of(tensor(3, 1, 5)));
  }
}
