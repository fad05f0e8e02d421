package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedLatentsTest {
  static final int FAN_IN = 300;
  static final int WEIGHTS = 500;
  private static final double HE = Math.sqrt(2.0 / FAN_IN);

  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  static float[] weights() {
    SplittableRandom random = Seeds.random("weights");
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      double tail = Math.pow(2 * random.nextDouble() - 1, 3);
      weights[i] = random.nextInt(10) == 0 ? 0 : (float) (0.7 * tail);
    }
    return weights;
  }

  /** Converts a latent to the unit of the integer weights. */
  static double inSteps(float latent, float[] weights, float scale) {
    double squares = 0;
    for (float weight : weights) {
      squares += (double) weight * weight / weights.length;
    }
    return latent / HE * Math.sqrt(squares) / scale;
  }

  @ParameterizedTest
  @MethodSource("depths")
  void latentsLieOnTheSideThatTheirBitsDemand(int depth) {
    float[] weights = weights();
    QuantizedWeights expected = QuantizedWeights.of(weights, depth);
    QuantizedLatents first = new QuantizedLatents(weights, BitMask.all().at(depth), FAN_IN);
    float[] latents = new float[depth];
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(first.next(latents)).isEqualTo(expected.code(i));
      for (int bit = 0; bit < depth; bit++) {
        boolean on = (expected.code(i) >>> bit & 1) != 0;
        assertThat(latents[bit] > 0).as("weight %d, bit %d", i, bit).isEqualTo(on);
        assertThat(latents[bit]).isNotZero().isFinite();
      }
    }
    assertThat(first.scale()).isEqualTo(expected.scale());
    assertThat(first.magnitudeDeviation())
        .isEqualTo(LatentDeviation.PAPER.magnitude(depth, FAN_IN));
  }

  /** Moves all trained latents of a weight alike and looks where its magnitude jumps. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "11", "111", "1111", "111000", "101010", "000111", "11111111"})
  void aBitFlipsHalfWayBetweenTheMagnitudesBeforeAndAfter(String mask) {
    float[] weights = weights();
    BitLayout layout = BitMask.parse(mask).at(mask.length());
    QuantizedLatents first = new QuantizedLatents(weights, layout, FAN_IN);
    float[] latents = new float[layout.depth()];
    for (int i = 0; i < WEIGHTS; i++) {
      int code = first.next(latents);
      double size = Math.abs(weights[i]) / (double) first.scale();
      for (boolean on : new boolean[] {false, true}) {
        double magnitude = SignMagnitude.magnitude(code, layout.depth());
        for (int bit : inOrderOfFlipping(layout, latents, on)) {
          double next = magnitude + (on ? -1 : 1) * (1L << bit);
          double flip = size - inSteps(latents[bit], weights, first.scale());
          assertThat(flip)
              .as("weight %d of %s, bit %d", i, mask, bit)
              .isCloseTo((magnitude + next) / 2, within(1e-5 * (1 << layout.depth())));
          magnitude = next;
        }
      }
    }
  }

  static List<Integer> inOrderOfFlipping(BitLayout layout, float[] latents, boolean on) {
    List<Integer> bits = new ArrayList<>();
    for (int bit : layout.trainedMagnitudeBits()) {
      if (latents[bit] > 0 == on) {
        bits.add(bit);
      }
    }
    bits.sort(Comparator.comparingDouble(bit -> Math.abs(latents[bit])));
    assertThat(bits).as("less significant bits flip first").isSorted();
    return bits;
  }

  @ParameterizedTest
  @MethodSource("depths")
  void theSignFlipsWhereTheWeightCrossesZero(int depth) {
    float[] weights = weights();
    QuantizedLatents first = new QuantizedLatents(weights, BitMask.all().at(depth), FAN_IN);
    float[] latents = new float[depth];
    double squares = 0;
    for (float weight : weights) {
      first.next(latents);
      double sign = inSteps(latents[depth - 1], weights, first.scale()) * first.scale();
      assertThat(sign).isCloseTo(-weight, within(Tolerances.FLOAT_CHAIN));
      squares += latents[depth - 1] * (double) latents[depth - 1];
    }
    assertThat(Math.sqrt(squares / WEIGHTS)).isCloseTo(HE, within(Tolerances.FLOAT_CHAIN));
  }

  @Test
  void theSizeOfTheWeightsChangesTheScaleAlone() {
    float[] weights = weights();
    float[] larger = weights();
    for (int i = 0; i < WEIGHTS; i++) {
      larger[i] *= 1024;
    }
    BitLayout layout = BitMask.all().at(5);
    QuantizedLatents first = new QuantizedLatents(weights, layout, FAN_IN);
    QuantizedLatents second = new QuantizedLatents(larger, layout, FAN_IN);
    float[] one = new float[5];
    float[] other = new float[5];
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(second.next(other)).isEqualTo(first.next(one));
      assertThat(other).containsExactly(one, within(1e-6f));
    }
    assertThat(second.scale()).isEqualTo(1024 * first.scale());
  }

  @ParameterizedTest
  @MethodSource("depths")
  void zerosStayZeroButHaveAScaleToLeaveWith(int depth) {
    QuantizedLatents first =
        new QuantizedLatents(new float[WEIGHTS], BitMask.all().at(depth), FAN_IN);
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(first.next(new float[depth])).isZero();
    }
    double largest = depth == 1 ? 1 : (1L << (depth - 1)) - 1;
    assertThat(first.scale() * largest).isBetween(0.99 * HE, 2.01 * HE);
  }

  @Test
  void impossibleTensorsAreRejected() {
    BitLayout layout = BitMask.all().at(4);
    assertThatThrownBy(() -> new QuantizedLatents(new float[] {1, Float.NaN}, layout, 3))
        .hasMessage("weights must be finite, got NaN at index 1");
    assertThatThrownBy(() -> new QuantizedLatents(new float[] {1}, layout, 0))
        .hasMessage("fanIn must be at least 1, got 0");
  }
}
