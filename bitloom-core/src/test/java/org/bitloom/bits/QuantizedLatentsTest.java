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
  private static final int FAN_IN = 300;
  private static final int WEIGHTS = 500;
  private static final double HE = Math.sqrt(2.0 / FAN_IN);

  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  private static float[] weights() {
    SplittableRandom random = Seeds.random("weights");
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      double tail = Math.pow(2 * random.nextDouble() - 1, 3);
      weights[i] = random.nextInt(10) == 0 ? 0 : (float) (0.7 * tail);
    }
    return weights;
  }

  /** Converts a latent to the unit of the integer weights. */
  private static double inSteps(float latent, float[] weights, float scale) {
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

  private static List<Integer> inOrderOfFlipping(BitLayout layout, float[] latents, boolean on) {
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

  private static int[] fill(int given) {
    return Seeds.random("fill").ints(WEIGHTS).map(code -> code & given).toArray();
  }

  private static FrozenBits of(int[] fill) {
    return (name, layout, codes) -> System.arraycopy(fill, 0, codes, 0, WEIGHTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "110", "1100", "111000", "101010", "000111", "011111", "11100000"})
  void aroundGivenBitsABitFlipsHalfWayBetweenTheMagnitudesBeforeAndAfter(String mask) {
    float[] weights = weights();
    BitLayout layout = BitMask.parse(mask).at(mask.length());
    QuantizedLatents first =
        new QuantizedLatents(weights, layout, FAN_IN).around("a", of(fill(layout.frozen())));
    float[] latents = new float[layout.depth()];
    for (int i = 0; i < WEIGHTS; i++) {
      int code = first.next(latents);
      boolean ownSign = SignMagnitude.isNegative(code, layout.depth()) == weights[i] < 0;
      double size = (ownSign ? 1 : -1) * Math.abs(weights[i]) / (double) first.scale();
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

  @ParameterizedTest
  @MethodSource("depths")
  void aroundGivenBitsTheyAreThere(int depth) {
    BitLayout layout = BitMask.top(Math.min(3, depth)).at(depth);
    int[] fill = fill(-1);
    QuantizedLatents first = new QuantizedLatents(weights(), layout, FAN_IN).around("a", of(fill));
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(first.next(new float[depth]) & layout.frozen())
          .isEqualTo(fill[i] & layout.frozen());
    }
  }

  @Test
  void bitsThatASourceDoesNotGiveAreChosenToo() {
    BitLayout layout = BitMask.parse("11000000").at(8);
    FrozenBits low =
        new FrozenBits() {
          @Override
          public void fill(String name, BitLayout own, int[] codes) {
            for (int i = 0; i < codes.length; i++) {
              codes[i] |= 0b11;
            }
          }

          @Override
          public int given(String name, BitLayout own) {
            return 0b11;
          }
        };
    QuantizedLatents all = new QuantizedLatents(weights(), layout, FAN_IN);
    assertThat(error(all.around("a", low), 8))
        .isLessThan(3 * error(new QuantizedLatents(weights(), BitMask.all().at(6), FAN_IN), 6));
    assertThat(error(all.around("a", of(fill(-1))), 8))
        .isGreaterThan(10 * error(all.around("a", low), 8));
  }

  /** Returns the sum of squares by which the bits miss the weights. */
  private static double error(QuantizedLatents latents, int depth) {
    double squares = 0;
    for (float weight : weights()) {
      int code = latents.next(new float[depth]);
      double rest = weight - SignMagnitude.weight(code, depth, latents.scale());
      squares += rest * rest;
    }
    return squares;
  }

  @ParameterizedTest
  @ValueSource(strings = {"110", "1110000", "101010", "10000000"})
  void noOtherScaleComesNearerAroundGivenBits(String mask) {
    BitLayout layout = BitMask.parse(mask).at(mask.length());
    int[] fill = fill(-1);
    QuantizedLatents first = new QuantizedLatents(weights(), layout, FAN_IN).around("a", of(fill));
    double found = error(first, layout.depth());
    for (double factor = 0.25; factor < 4; factor *= 1.003) {
      double other = errorAt(first.scale() * factor, layout, fill);
      assertThat(found).as("scale %f of the one found", factor).isLessThan(other * 1.002);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0111", "000111", "0001"})
  void givenSignsDoNotShrinkTheWeightsToNothing(String mask) {
    BitLayout layout = BitMask.parse(mask).at(mask.length());
    float[] weights = weights();
    double mean = 0;
    for (float weight : weights) {
      mean += Math.abs(weight) / WEIGHTS;
    }
    QuantizedLatents first =
        new QuantizedLatents(weights, layout, FAN_IN).around("a", of(fill(-1)));
    int largest = SignMagnitude.magnitude(-1, layout.depth());
    assertThat((double) first.scale()).isGreaterThan(0.99 * mean / largest);
  }

  /** Tries all codes that have the given bits. */
  private static double errorAt(double scale, BitLayout layout, int[] fill) {
    float[] weights = weights();
    double squares = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int code = 0; code < 1 << layout.depth(); code++) {
        if (((code ^ fill[i]) & layout.frozen()) == 0) {
          double rest = weights[i] - scale * SignMagnitude.value(code, layout.depth());
          least = Math.min(least, rest * rest);
        }
      }
      squares += least;
    }
    return squares;
  }

  @Test
  void zerosAroundGivenBitsHaveAScaleToLeaveWith() {
    BitLayout layout = BitMask.top(3).at(8);
    QuantizedLatents first =
        new QuantizedLatents(new float[WEIGHTS], layout, FAN_IN).around("a", of(fill(-1)));
    for (int i = 0; i < WEIGHTS; i++) {
      assertThat(first.next(new float[8]) & layout.trained()).isZero();
    }
    assertThat(first.scale() * 127).isBetween(0.99f * (float) HE, 2.01f * (float) HE);
  }

  @Test
  void theSourceOfGivenBitsSeesTheRoundedOnesOnce() {
    BitLayout layout = BitMask.top(3).at(8);
    QuantizedWeights expected = QuantizedWeights.of(weights(), 8);
    List<int[]> seen = new ArrayList<>();
    new QuantizedLatents(weights(), layout, FAN_IN)
        .around("a", (name, own, codes) -> seen.add(codes.clone()));
    assertThat(seen).containsExactly(expected.codes());
  }

  @Test
  void noiseIsThatOfDrawnWeights() {
    for (int depth : new int[] {2, 6, 32}) {
      BitLayout layout = BitMask.top(2).at(depth);
      DrawnLatents drawn = new DrawnLatents(7, "a", depth, FAN_IN);
      int[] codes = new int[WEIGHTS];
      FrozenBits.noise(7).fill("a", layout, codes);
      for (int code : codes) {
        assertThat(code).isEqualTo(drawn.next(new float[depth]) & layout.frozen());
      }
    }
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
