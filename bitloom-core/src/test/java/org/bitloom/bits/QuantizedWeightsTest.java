package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedWeightsTest {
  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  /** A tensor under test. */
  record Tensor(String kind, float[] weights) {
    @Override
    public String toString() {
      return weights.length + " weights, " + kind + ", seed " + Seeds.CURRENT;
    }
  }

  private static List<Tensor> tensors(int size) {
    SplittableRandom random = Seeds.random("tensors");
    List<Tensor> tensors = new ArrayList<>();
    DoubleSupplier bell = () -> random.nextDouble() + random.nextDouble() + random.nextDouble() - 1;
    tensors.add(tensor("bell", size, () -> 0.1 * bell.getAsDouble()));
    tensors.add(tensor("uniform", size, () -> 1e-3 * (random.nextDouble() - 0.5)));
    tensors.add(tensor("heavy tails", size, () -> Math.pow(2 * random.nextDouble() - 1, 9)));
    tensors.add(tensor("far from zero", size, () -> 5 + 0.01 * bell.getAsDouble()));
    tensors.add(
        tensor("two sizes", size, () -> random.nextBoolean() ? 0.3 : -0.01 * bell.getAsDouble()));
    tensors.add(
        tensor("mostly zero", size, () -> random.nextInt(5) > 0 ? 0 : 2 * bell.getAsDouble()));
    Tensor outlier = tensor("one outlier", size, () -> 0.02 * bell.getAsDouble());
    outlier.weights[size / 2] = -7;
    tensors.add(outlier);
    return tensors;
  }

  private static Tensor tensor(String kind, int size, DoubleSupplier source) {
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (float) source.getAsDouble();
    }
    weights[0] = weights[0] == 0 ? 1e-2f : weights[0];
    return new Tensor(kind, weights);
  }

  private static double error(QuantizedWeights quantized, float[] weights) {
    double error = 0;
    for (int i = 0; i < weights.length; i++) {
      double value = SignMagnitude.value(quantized.code(i), quantized.depth());
      double rest = weights[i] - quantized.scale() * value;
      error += rest * rest;
    }
    return error;
  }

  /** Tries scale after scale, each with the nearest integer for every weight. */
  private static double bestOfGrid(float[] weights, long largest, int points) {
    double max = 0;
    double mean = 0;
    for (float weight : weights) {
      max = Math.max(max, Math.abs(weight));
      mean += Math.abs((double) weight) / weights.length;
    }
    double low = 0.9 * mean / largest;
    double best = Double.POSITIVE_INFINITY;
    for (int point = 0; point <= points; point++) {
      double scale = low * Math.pow(1.1 * max / low, (double) point / points);
      double error = 0;
      for (float weight : weights) {
        long magnitude = Math.min(largest, Math.round(Math.abs(weight) / scale));
        double rest = Math.abs(weight) - scale * magnitude;
        error += rest * rest;
      }
      best = Math.min(best, error);
    }
    return best;
  }

  private static double squares(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += (double) weight * weight;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 8})
  void noScaleOfAFineGridLosesLess(int depth) {
    for (int size : new int[] {1, 5, 40, 300, 2000, 60_000}) {
      for (Tensor tensor : tensors(size)) {
        double error = error(QuantizedWeights.of(tensor.weights, depth), tensor.weights);
        double best = bestOfGrid(tensor.weights, (1L << (depth - 1)) - 1, 1_500_000 / (size + 600));
        double rounding = 1e-14 * squares(tensor.weights); // of the float scale
        assertThat(error)
            .as("depth %d, %s", depth, tensor)
            .isLessThanOrEqualTo(1.001 * best + rounding);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 12, 16, 20, 24, 28, 31, 32})
  void atLargeDepthsNoScaleThatCutsNothingOffLosesMuchLess(int depth) {
    for (int size : new int[] {1, 40, 2000}) {
      for (Tensor tensor : tensors(size)) {
        double error = error(QuantizedWeights.of(tensor.weights, depth), tensor.weights);
        double step = largest(tensor.weights) / ((1L << (depth - 1)) - 1);
        double floats = 1e-14 * squares(tensor.weights) * Math.scalb(1.0, -depth);
        assertThat(error)
            .as("depth %d, %s", depth, tensor)
            .isLessThanOrEqualTo(1.001 * size * step * step / 4 + floats);
      }
    }
  }

  private static double largest(float[] weights) {
    double largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    return largest;
  }

  @Test
  void aBinaryWeightHasTheMeanSizeAndItsOwnSign() {
    QuantizedWeights quantized = QuantizedWeights.of(new float[] {3, -1, 0, -0f, -6}, 1);
    assertThat(quantized.scale()).isEqualTo(2f);
    assertThat(codes(quantized)).containsExactly(0, 1, 0, 0, 1);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void everyWeightGetsTheNearestCodeAndItsOwnSign(int depth) {
    for (Tensor tensor : tensors(300)) {
      QuantizedWeights quantized = QuantizedWeights.of(tensor.weights, depth);
      assertThat(quantized.size()).isEqualTo(300);
      assertThat(quantized.depth()).isEqualTo(depth);
      double largest = depth == 1 ? 1 : (1L << (depth - 1)) - 1;
      for (int i = 0; i < 300; i++) {
        int code = quantized.code(i);
        double size = Math.abs(tensor.weights[i]) / (double) quantized.scale();
        double nearest = depth == 1 ? 1 : Math.min(size, largest);
        assertThat(Math.abs(nearest - SignMagnitude.magnitude(code, depth)))
            .as("depth %d, weight %d of %s", depth, i, tensor)
            .isLessThanOrEqualTo(0.5 + 1e-6);
        assertThat(SignMagnitude.isNegative(code, depth)).isEqualTo(tensor.weights[i] < 0);
        assertThat(code & ~(-1 >>> (32 - depth))).as("bits past depth %d", depth).isZero();
      }
    }
  }

  @Test
  void zerosHaveNoSignAndSmallNegativeWeightsKeepTheirs() {
    QuantizedWeights quantized = QuantizedWeights.of(new float[] {0, -0f, -1e-9f, 7, -7}, 4);
    assertThat(codes(quantized)).containsExactly(0, 0, 0b1000, 0b0111, 0b1111);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void weightsThatWereQuantizedBeforeComeBackExactly(int depth) {
    SplittableRandom random = Seeds.random("lattice");
    int largest = (1 << (depth - 1)) - 1;
    for (int size : new int[] {20, 1000, 40_000}) {
      float[] weights = new float[size];
      int[] expected = new int[size];
      for (int i = 0; i < size; i++) {
        int magnitude = i == 0 ? largest : random.nextInt(largest + 1);
        boolean negative = magnitude > 0 && random.nextBoolean();
        expected[i] = magnitude | (negative ? 1 << (depth - 1) : 0);
        weights[i] = SignMagnitude.weight(expected[i], depth, 0.0123f);
      }
      QuantizedWeights quantized = QuantizedWeights.of(weights, depth);
      assertThat(codes(quantized))
          .as("%d weights, seed %d", size, Seeds.CURRENT)
          .isEqualTo(expected);
      assertThat(error(quantized, weights)).isLessThan(1e-12 * squares(weights));
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void allZerosHaveNoScale(int depth) {
    QuantizedWeights quantized = QuantizedWeights.of(new float[] {0, -0f, 0}, depth);
    assertThat(quantized.scale()).isZero();
    assertThat(codes(quantized)).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void equalWeightsAreExactToTheFloat(int depth) {
    for (float weight : new float[] {0.1f, -3e7f, 1e-25f}) {
      float[] weights = new float[100];
      Arrays.fill(weights, weight);
      QuantizedWeights quantized = QuantizedWeights.of(weights, depth);
      assertThat(Math.sqrt(error(quantized, weights) / 100))
          .as("depth %d, weight %s", depth, weight)
          .isLessThanOrEqualTo(1.2e-7 * Math.abs(weight));
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void theSmallestAndTheLargestFloatsComeOutFinite(int depth) {
    float[][] tensors = {
      {Float.MIN_VALUE},
      {Float.MIN_VALUE, 0, 0, 0, 0},
      {-Float.MIN_VALUE, 2 * Float.MIN_VALUE, 1e-40f},
      {Float.MAX_VALUE, -Float.MAX_VALUE},
      {Float.MAX_VALUE, 0.4f * Float.MAX_VALUE, 0.4f * Float.MAX_VALUE, 1},
      {-Float.MAX_VALUE, Float.MIN_VALUE, 1}
    };
    for (float[] weights : tensors) {
      QuantizedWeights quantized = QuantizedWeights.of(weights, depth);
      assertThat(quantized.scale()).isPositive().isFinite();
      for (int i = 0; i < weights.length; i++) {
        assertThat(SignMagnitude.weight(quantized.code(i), depth, quantized.scale()))
            .as("depth %d, weight %d of %s", depth, i, Arrays.toString(weights))
            .isFinite();
      }
    }
  }

  @Test
  void weightsThatAreNotFiniteAreNamed() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> QuantizedWeights.of(new float[] {1, 2, bad, bad}, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("weights must be finite, got " + bad + " at index 2");
    }
  }

  @Test
  void impossibleTensorsAreRejected() {
    assertThatThrownBy(() -> QuantizedWeights.of(new float[0], 4))
        .hasMessage("weights must be at least one, got none");
    assertThatThrownBy(() -> QuantizedWeights.of(new float[1], 33))
        .hasMessageContaining("depth must be 1..32")
        .hasMessageContaining("got 33");
  }

  private static int[] codes(QuantizedWeights quantized) {
    return IntStream.range(0, quantized.size()).map(quantized::code).toArray();
  }
}
