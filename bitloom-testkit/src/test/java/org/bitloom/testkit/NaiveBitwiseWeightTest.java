package org.bitloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NaiveBitwiseWeightTest {
  @Test
  void bitsAreLatentsAboveZeroAndTheLastOneIsTheSign() {
    double[][] latents = {
      {0.3, -0.2, 0.1, -1}, // 0101 = 5
      {0.3, -0.2, 0.1, 1e-300}, // 1101 = -5
      {-1, 0, -0.0, 1}, // 1000 = negative zero: a latent of exactly 0 is bit 0
      {1, 1, 1, 0} // 0111 = 7
    };
    NaiveBitwiseWeight weight = weight(latents, 0.5, true, true, true, true);
    assertThat(weight.weights()).containsExactly(2.5, -2.5, -0.0, 3.5);
    assertThat(codes(weight)).containsExactly(0b0101, 0b1101, 0b1000, 0b0111);
    assertThat(weight.zeros()).isEqualTo(1);
  }

  @Test
  void atDepthOneTheMagnitudeIsTheConstantOne() {
    NaiveBitwiseWeight weight = weight(new double[][] {{-1}, {1}, {0}}, 0.25, true);
    assertThat(weight.weights()).containsExactly(0.25, -0.25, 0.25);
    assertThat(weight.zeros()).isZero();
    assertThat(weight.gradient(1, 0, 8)).isEqualTo(-2); // -a * mag * G
  }

  @Test
  void atDepthThirtyTwoTheMagnitudeFillsThirtyOneBits() {
    double[] ones = new double[32];
    Arrays.fill(ones, 1);
    NaiveBitwiseWeight weight = weight(new double[][] {ones}, 1, new boolean[32]);
    assertThat(weight.magnitude(0)).isEqualTo(Integer.MAX_VALUE);
    assertThat(weight.weights()).containsExactly(-2147483647.0);
    assertThat(weight.code(0)).isEqualTo(-1);
    assertThat(weight.gradient(0, 30, 1)).isEqualTo(-1073741824.0);
  }

  @Test
  void gradientsOfMagnitudeBitsDoubleFromBitToBitAndTakeTheSign() {
    double[][] latents = {{1, -1, 1, -1}, {1, -1, 1, 1}}; // 5 and -5
    NaiveBitwiseWeight weight = weight(latents, 0.5, true, true, true, true);
    for (int bit = 0; bit < 3; bit++) {
      assertThat(weight.gradient(0, bit, 3)).isEqualTo(1.5 * (1 << bit));
      assertThat(weight.gradient(1, bit, 3)).isEqualTo(-1.5 * (1 << bit));
    }
    assertThat(weight.gradient(0, 3, 3)).isEqualTo(-7.5);
    assertThat(weight.gradient(1, 3, 3)).isEqualTo(-7.5);
  }

  @Test
  void magnitudeGradientsAreTheSlopeOfTheWeightInEachBit() {
    // The weight is linear in each magnitude bit, so straight-through equals the exact difference.
    double[][] latents = {{-1, -1, -1, 1}};
    double before = weight(latents, 0.5, true, true, true, true).weights()[0];
    for (int bit = 0; bit < 3; bit++) {
      double[][] flipped = {latents[0].clone()};
      flipped[0][bit] = 1;
      NaiveBitwiseWeight after = weight(flipped, 0.5, true, true, true, true);
      assertThat(after.gradient(0, bit, 1))
          .isCloseTo(after.weights()[0] - before, within(Tolerances.DOUBLE_CHAIN));
    }
  }

  @Test
  void theTopTrainedMagnitudeBitSkipsFrozenBitsAndTheSign() {
    double[][] latents = {{1, 1, 1, 1}};
    assertThat(weight(latents, 1, true, true, false, true).topTrainedMagnitudeBit()).isEqualTo(1);
    assertThat(weight(latents, 1, false, false, false, true).topTrainedMagnitudeBit())
        .isEqualTo(-1);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> weight(new double[][] {{1, 1}}, 1, true))
        .hasMessage("weight 0 must have one latent per bit: 1, got 2");
    assertThatThrownBy(() -> weight(new double[][] {}, 1, new boolean[33]))
        .hasMessage("depth must be 1..32, got 33");
  }

  private static int[] codes(NaiveBitwiseWeight weight) {
    int[] codes = new int[weight.size()];
    Arrays.setAll(codes, weight::code);
    return codes;
  }

  private static NaiveBitwiseWeight weight(double[][] latents, double scale, boolean... trained) {
    return new NaiveBitwiseWeight(trained, latents, scale);
  }
}
