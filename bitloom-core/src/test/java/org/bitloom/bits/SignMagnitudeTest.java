package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.testkit.NaiveBitwiseWeight;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignMagnitudeTest {
  @Test
  void theWorkedExampleIsMinusFive() {
    assertThat(SignMagnitude.value(0b1101, 4)).isEqualTo(-5);
    assertThat(SignMagnitude.magnitude(0b1101, 4)).isEqualTo(5);
    assertThat(SignMagnitude.isNegative(0b1101, 4)).isTrue();
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyCodeAgreesWithTheReference(int depth) {
    for (int code = 0; code < 1 << depth; code++) {
      assertAgrees(code, depth);
    }
  }

  static IntStream deep() {
    return IntStream.rangeClosed(11, 32);
  }

  @ParameterizedTest(name = "depth {0}")
  @MethodSource("deep")
  void deepCodesAgreeWithTheReference(int depth) {
    SplittableRandom random = Seeds.random();
    int all = (int) ((1L << depth) - 1);
    assertAgrees(0, depth);
    assertAgrees(all, depth);
    assertAgrees(1 << (depth - 1), depth);
    for (int bit = 0; bit < depth; bit++) {
      assertAgrees(1 << bit, depth);
      assertAgrees(all & ~(1 << bit), depth);
    }
    for (int i = 0; i < 200; i++) {
      assertAgrees(random.nextInt() & all, depth);
    }
  }

  @Test
  void depthOneIsPlusOrMinusOne() {
    assertThat(SignMagnitude.value(0, 1)).isEqualTo(1);
    assertThat(SignMagnitude.value(1, 1)).isEqualTo(-1);
    assertThat(SignMagnitude.weight(1, 1, 0.25f)).isEqualTo(-0.25f);
  }

  @Test
  void theLargestMagnitudeIsExact() {
    assertThat(SignMagnitude.value(0x7fffffff, 32)).isEqualTo(Integer.MAX_VALUE);
    assertThat(SignMagnitude.value(-1, 32)).isEqualTo(-Integer.MAX_VALUE);
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {2, 6, 8, 16, 31, 32})
  void theTwoZerosAreEqualInValueButNotInSign(int depth) {
    int negativeZero = 1 << (depth - 1);
    assertThat(SignMagnitude.value(negativeZero, depth)).isZero();
    assertThat(SignMagnitude.isNegative(negativeZero, depth)).isTrue();
    assertThat(rawBits(SignMagnitude.weight(negativeZero, depth, 0.5f))).isEqualTo(rawBits(-0.0f));
    assertThat(rawBits(SignMagnitude.weight(0, depth, 0.5f))).isEqualTo(rawBits(0.0f));
  }

  @Test
  void bitsAboveTheDepthAreNotRead() {
    assertThat(SignMagnitude.value(0b1010_0101, 4)).isEqualTo(5);
    assertThat(SignMagnitude.isNegative(0b1000, 3)).isFalse();
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {25, 26, 30, 31, 32})
  void weightsBeyondTheMantissaAreRoundedNotCut(int depth) {
    int code = (int) ((1L << (depth - 1)) - 1); // all magnitude bits: 2^(depth-1) - 1
    assertThat(SignMagnitude.weight(code, depth, 1f)).isEqualTo((float) code);
  }

  private static void assertAgrees(int code, int depth) {
    float scale = 0.0123f;
    double[] latents = new double[depth];
    for (int bit = 0; bit < depth; bit++) {
      latents[bit] = (code >>> bit & 1) == 1 ? 0.5 : -0.5;
    }
    NaiveBitwiseWeight naive =
        new NaiveBitwiseWeight(new boolean[depth], new double[][] {latents}, scale);
    String which = Integer.toBinaryString(code) + " at depth " + depth;
    assertThat(SignMagnitude.magnitude(code, depth)).as(which).isEqualTo((int) naive.magnitude(0));
    assertThat(SignMagnitude.isNegative(code, depth)).as(which).isEqualTo(naive.sign(0) < 0);
    assertThat(SignMagnitude.value(code, depth))
        .as(which)
        .isEqualTo((int) (naive.sign(0) * naive.magnitude(0)));
    double expected = naive.weights()[0];
    double error = Math.abs(SignMagnitude.weight(code, depth, scale) - expected);
    assertThat(error).as(which).isLessThanOrEqualTo(Tolerances.FLOAT_WEIGHT * Math.abs(expected));
  }

  private static int rawBits(float value) {
    return Float.floatToRawIntBits(value);
  }
}
