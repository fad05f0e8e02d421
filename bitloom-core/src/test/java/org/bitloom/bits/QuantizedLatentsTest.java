package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedLatentsTest {
  private static final int FAN_IN = 300;
  private static final int WEIGHTS = 4000;

  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  private static QuantizedWeights weights(int depth) {
    SplittableRandom random = Seeds.random("weights");
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      weights[i] = random.nextInt(10) == 0 ? 0 : (float) (random.nextDouble() - 0.5);
    }
    return QuantizedWeights.of(weights, depth);
  }

  private static QuantizedLatents latents(String name, QuantizedWeights weights, long seed) {
    return new QuantizedLatents(seed, name, weights, FAN_IN);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void latentsLieOnTheSideThatTheirBitsDemand(int depth) {
    QuantizedWeights weights = weights(depth);
    QuantizedLatents first = latents("p", weights, Seeds.CURRENT);
    float[] latents = new float[depth];
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(first.next(latents)).isEqualTo(weights.code(i));
      for (int bit = 0; bit < depth; bit++) {
        boolean on = (weights.code(i) >>> bit & 1) != 0;
        assertThat(latents[bit] > 0).as("weight %d, bit %d", i, bit).isEqualTo(on);
        assertThat(latents[bit]).isNotZero();
      }
    }
    assertThat(first.scale()).isEqualTo(weights.scale());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 32})
  void latentsAreAsLargeAsDrawnOnes(int depth) {
    QuantizedLatents first = latents("p", weights(depth), Seeds.CURRENT);
    float[] latents = new float[depth];
    double[] squares = new double[depth];
    for (int i = 0; i < WEIGHTS; i++) {
      first.next(latents);
      for (int bit = 0; bit < depth; bit++) {
        squares[bit] += latents[bit] * latents[bit];
      }
    }
    double drawn = Math.sqrt(2.0 / (depth * FAN_IN));
    double sign = 0.8796 * Math.sqrt(2.0 / FAN_IN); // cut at two deviations
    assertThat(first.magnitudeDeviation()).isEqualTo(drawn);
    for (int bit = 0; bit < depth; bit++) {
      double deviation = bit == depth - 1 ? sign : drawn;
      assertThat(Math.sqrt(squares[bit] / WEIGHTS))
          .as("root mean square of bit %d, seed %d", bit, Seeds.CURRENT)
          .isCloseTo(deviation, within(Tolerances.sampleDeviation(WEIGHTS, deviation)));
    }
  }

  @Test
  void sizesDependOnSeedAndNameAndAreNotThoseOfAFreshStart() {
    QuantizedWeights weights = weights(6);
    float[] sizes = sizes(latents("p", weights, 1));
    assertThat(sizes(latents("p", weights, 1))).isEqualTo(sizes);
    assertThat(sizes(latents("q", weights, 1))).isNotEqualTo(sizes);
    assertThat(sizes(latents("p", weights, 2))).isNotEqualTo(sizes);
    assertThat(sizes(new InitialLatents(1, "p", 6, FAN_IN))).isNotEqualTo(sizes);
  }

  private static float[] sizes(FirstLatents first) {
    float[] latents = new float[6];
    float[] sizes = new float[50 * 6];
    for (int i = 0; i < sizes.length; i++) {
      if (i % 6 == 0) {
        first.next(latents);
      }
      sizes[i] = Math.abs(latents[i % 6]);
    }
    return sizes;
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aTensorOfZerosGetsTheScaleOfAFreshStart(int depth) {
    QuantizedLatents first =
        latents("p", QuantizedWeights.of(new float[WEIGHTS], depth), Seeds.CURRENT);
    InitialLatents fresh = new InitialLatents(Seeds.CURRENT, "p", depth, FAN_IN);
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(first.next(new float[depth])).isZero();
      fresh.next(new float[depth]);
    }
    assertThat((double) first.scale()).isCloseTo(fresh.scale(), within(0.1 * fresh.scale()));
  }
}
