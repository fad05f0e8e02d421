package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawnLatentsTest {
  private static final int FAN_IN = 300;
  private static final int WEIGHTS = 4000;
  private static final double HE = Math.sqrt(2.0 / FAN_IN);

  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  private static DrawnLatents draws(int depth) {
    return new DrawnLatents(Seeds.CURRENT, "draws", depth, FAN_IN);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void noWeightStartsAtZero(int depth) {
    DrawnLatents draws = draws(depth);
    float[] latents = new float[depth];
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(SignMagnitude.value(draws.next(latents), depth)).isNotZero();
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aBitIsSetWhereItsLatentIsAboveZero(int depth) {
    DrawnLatents draws = draws(depth);
    float[] latents = new float[depth];
    for (int i = 0; i < WEIGHTS; i++) {
      int code = draws.next(latents);
      for (int bit = 0; bit < 32; bit++) {
        boolean above = bit < depth && latents[bit] > 0;
        assertThat((code >>> bit & 1) != 0).as("weight %d, bit %d", i, bit).isEqualTo(above);
      }
    }
  }

  /** Redrawing weights of zero shifts the mean of a latent but leaves its mean square as it is. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 8, 16, 32})
  void magnitudeLatentsHaveTheirDeviation(int depth) {
    DrawnLatents draws = draws(depth);
    double sigma = Math.sqrt(2.0 / (depth * FAN_IN));
    float[] latents = new float[depth];
    double[] sum = new double[depth];
    double[] squares = new double[depth];
    for (int i = 0; i < WEIGHTS; i++) {
      draws.next(latents);
      for (int bit = 0; bit < depth - 1; bit++) {
        sum[bit] += latents[bit];
        squares[bit] += latents[bit] * latents[bit];
      }
    }
    double redrawn = Math.scalb(1.0, 1 - depth);
    double mean = sigma * Math.sqrt(2 / Math.PI) * redrawn / (1 - redrawn);
    for (int bit = 0; bit < depth - 1; bit++) {
      assertThat(Math.sqrt(squares[bit] / WEIGHTS))
          .as("root mean square of bit %d, seed %d", bit, Seeds.CURRENT)
          .isCloseTo(sigma, within(Tolerances.sampleDeviation(WEIGHTS, sigma)));
      assertThat(sum[bit] / WEIGHTS)
          .as("mean of bit %d, seed %d", bit, Seeds.CURRENT)
          .isCloseTo(mean, within(Tolerances.sampleMean(WEIGHTS, sigma)));
    }
    assertThat(LatentDeviation.PAPER.magnitude(depth, FAN_IN)).isEqualTo(sigma);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 32})
  void signLatentsAreNormalAndCutAtTwoDeviations(int depth) {
    DrawnLatents draws = draws(depth);
    float[] latents = new float[depth];
    double sum = 0;
    double squares = 0;
    double largest = 0;
    int negative = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      int code = draws.next(latents);
      double sign = latents[depth - 1] / HE;
      sum += sign;
      squares += sign * sign;
      largest = Math.max(largest, Math.abs(sign));
      negative += SignMagnitude.isNegative(code, depth) ? 1 : 0;
    }
    double deviation = 0.8796; // of N(0, 1) cut at 2: sqrt(1 - 4 phi(2) / (2 Phi(2) - 1))
    assertThat(largest).isBetween(1.95, 2 * (1 + Tolerances.FLOAT_CHAIN));
    assertThat(sum / WEIGHTS).isCloseTo(0, within(Tolerances.sampleMean(WEIGHTS, deviation)));
    assertThat(Math.sqrt(squares / WEIGHTS))
        .isCloseTo(deviation, within(Tolerances.sampleDeviation(WEIGHTS, deviation)));
    assertThat((double) negative / WEIGHTS).isCloseTo(0.5, within(Tolerances.sampleShare(WEIGHTS)));
  }

  @ParameterizedTest
  @MethodSource("depths")
  void scaleGivesComposedWeightsTheirDeviation(int depth) {
    DrawnLatents draws = draws(depth);
    float[] latents = new float[depth];
    double[] values = new double[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      values[i] = SignMagnitude.value(draws.next(latents), depth);
    }
    double scale = draws.scale();
    double mean = 0;
    for (double value : values) {
      mean += scale * value / WEIGHTS;
    }
    double variance = 0;
    for (double value : values) {
      variance += (scale * value - mean) * (scale * value - mean) / WEIGHTS;
    }
    assertThat(Math.sqrt(variance)).isCloseTo(HE, within(HE * Tolerances.FLOAT_CHAIN));
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aSingleWeightGetsTheSizeOfTheDeviation(int depth) {
    DrawnLatents draws = draws(depth);
    int code = draws.next(new float[depth]);
    assertThat((double) Math.abs(SignMagnitude.weight(code, depth, draws.scale())))
        .isCloseTo(HE, within(HE * Tolerances.FLOAT_CHAIN));
  }

  @Test
  void drawsDependOnSeedNameAndDepthButNotOnTheOrderOfTensors() {
    int[] alone = codes(draws(6), 50);
    DrawnLatents other = new DrawnLatents(Seeds.CURRENT, "other", 6, FAN_IN);
    DrawnLatents again = draws(6);
    int[] interleaved = new int[alone.length];
    float[] latents = new float[6];
    for (int i = 0; i < alone.length; i++) {
      other.next(latents);
      interleaved[i] = again.next(latents);
    }
    assertThat(interleaved).isEqualTo(alone);
    assertThat(codes(new DrawnLatents(Seeds.CURRENT, "other", 6, FAN_IN), 50)).isNotEqualTo(alone);
    assertThat(codes(new DrawnLatents(Seeds.CURRENT + 1, "draws", 6, FAN_IN), 50))
        .isNotEqualTo(alone);
  }

  private static int[] codes(DrawnLatents draws, int weights) {
    float[] latents = new float[6];
    return IntStream.range(0, weights).map(i -> draws.next(latents)).toArray();
  }

  @Test
  void impossibleTensorsAreRejected() {
    assertThatThrownBy(() -> new DrawnLatents(1, "p", 6, 0))
        .hasMessage("fanIn must be at least 1, got 0");
    assertThatThrownBy(() -> new DrawnLatents(1, "p", 33, 1))
        .hasMessageContaining("depth must be 1..32")
        .hasMessageContaining("got 33");
  }

  /** Recomputed outside Java. A JDK that draws otherwise would give old seeds new networks. */
  @Test
  void goldenDrawsOfSeedOne() {
    DrawnLatents draws = new DrawnLatents(1, "golden", 4, 100);
    float[] first = new float[4];
    float[] second = new float[4];
    assertThat(draws.next(first)).isEqualTo(0b0011);
    assertThat(draws.next(second)).isEqualTo(0b0110);
    assertThat(first)
        .isEqualTo(new float[] {0x1.7ea582p-4f, 0x1.6d7802p-7f, -0x1.305ff8p-5f, -0x1.c89522p-4f});
    assertThat(second)
        .isEqualTo(new float[] {-0x1.7dfa64p-11f, 0x1.6425p-6f, 0x1.ad9904p-5f, -0x1.c5539ep-4f});
    assertThat(draws.scale()).isEqualTo(0x1.822cb2p-4f);
  }
}
