package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bitloom.bits.QuantizedLatentsTest.FAN_IN;
import static org.bitloom.bits.QuantizedLatentsTest.WEIGHTS;
import static org.bitloom.bits.QuantizedLatentsTest.inOrderOfFlipping;
import static org.bitloom.bits.QuantizedLatentsTest.inSteps;
import static org.bitloom.bits.QuantizedLatentsTest.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chooses bits of given weights around bits that hold something else. */
class LatentsAroundGivenBitsTest {
  private static final double HE = Math.sqrt(2.0 / FAN_IN);

  static IntStream depths() {
    return QuantizedLatentsTest.depths();
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
}
