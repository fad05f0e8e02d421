package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateCurveTest {
  private static final double RATE = 3e-3;

  /** The recursion by which PyTorch's CosineAnnealingLR goes from step to step, eta_min 0. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "1000, 0", "1000, 17", "40000, 400"})
  void cosineFollowsTheRecursionOfPyTorch(int steps, int warmup) {
    RateCurve curve = new RateCurve(RATE, RateDecay.COSINE, warmup, steps);
    int falling = steps - warmup;
    double expected = RATE;
    for (int t = 0; t < falling; t++) {
      assertThat(curve.at(warmup + t + 1)).isCloseTo(expected, within(1e-9 * RATE));
      expected *=
          (1 + Math.cos((t + 1) * Math.PI / falling)) / (1 + Math.cos(t * Math.PI / falling));
    }
  }

  /** The recursion of PyTorch's LinearLR with start_factor 1 and end_factor 0. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "1000, 0", "1000, 17"})
  void linearFollowsTheRecursionOfPyTorch(int steps, int warmup) {
    RateCurve curve = new RateCurve(RATE, RateDecay.LINEAR, warmup, steps);
    double falling = steps - warmup;
    double expected = RATE;
    for (int t = 0; t < falling; t++) {
      assertThat(curve.at(warmup + t + 1)).isCloseTo(expected, within(1e-9 * RATE));
      expected *= 1 - 1 / (falling - t);
    }
  }

  @Test
  void withoutDecayTheRateStaysAsItIs() {
    RateCurve curve = new RateCurve(RATE, RateDecay.NONE, 0, 7);
    for (int step = 1; step <= 7; step++) {
      assertThat(curve.at(step)).isEqualTo(RATE);
    }
  }

  @Test
  void theWarmupRisesEvenlyAndItsLastStepHasTheWholeRate() {
    for (RateDecay decay : RateDecay.values()) {
      RateCurve curve = new RateCurve(1, decay, 4, 12);
      assertThat(curve.at(1)).isEqualTo(0.25);
      assertThat(curve.at(2)).isEqualTo(0.5);
      assertThat(curve.at(4)).isEqualTo(1);
      assertThat(curve.at(5)).as("the decay begins with the whole rate").isEqualTo(1);
    }
  }

  @Test
  void everyStepHasARateAboveZeroAndLaterOnesThatOfTheLast() {
    for (RateDecay decay : RateDecay.values()) {
      RateCurve curve = new RateCurve(RATE, decay, 0, 1_000_000);
      assertThat((float) curve.at(1_000_000)).isPositive();
      assertThat(curve.at(2_000_000)).isEqualTo(curve.at(1_000_000));
      assertThat(curve.at(0)).isEqualTo(RATE);
    }
  }

  @Test
  void whatIsNoCurveIsRefused() {
    assertThatThrownBy(() -> new RateCurve(0, RateDecay.NONE, 0, 1))
        .hasMessage("rate must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> new RateCurve(1, RateDecay.NONE, 0, 0))
        .hasMessage("steps must be at least 1, got 0");
    assertThatThrownBy(() -> new RateCurve(1, RateDecay.NONE, 5, 5))
        .hasMessage("warmup must be 0 to below 5 steps, got 5");
    assertThatThrownBy(() -> RateDecay.parse("exponential"))
        .isInstanceOf(UsageException.class)
        .hasMessage("decay must be none, linear or cosine, got 'exponential'");
  }
}
