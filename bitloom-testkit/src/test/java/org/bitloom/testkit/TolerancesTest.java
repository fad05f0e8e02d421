package org.bitloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TolerancesTest {
  @Test
  void aValueOnTheOffsetGridIsWithinHalfAStep() {
    SplittableRandom random = Seeds.random();
    double sigma = 0.03;
    double step = 8 * sigma / 255;
    for (int i = 0; i < 1000; i++) {
      double value = random.nextDouble(-4 * sigma, 4 * sigma);
      double onGrid = Math.round((value + 4 * sigma) / step) * step - 4 * sigma;
      assertThat(Math.abs(onGrid - value)).isLessThanOrEqualTo(Tolerances.gridOffset(sigma));
    }
  }

  @Test
  void samplesOfASoundGeneratorStayWithinTheirErrors() {
    SplittableRandom random = Seeds.random();
    int samples = 10_000;
    double sum = 0;
    double squares = 0;
    int positive = 0;
    for (int i = 0; i < samples; i++) {
      double draw = 3 * random.nextGaussian();
      sum += draw;
      squares += draw * draw;
      positive += draw > 0 ? 1 : 0;
    }
    double share = (double) positive / samples;
    assertThat(Math.abs(sum / samples)).isLessThan(Tolerances.sampleMean(samples, 3));
    assertThat(Math.abs(Math.sqrt(squares / samples) - 3))
        .isLessThan(Tolerances.sampleDeviation(samples, 3));
    assertThat(Math.abs(share - 0.5)).isLessThan(Tolerances.sampleShare(samples));
  }

  @Test
  void aLatentSummedInFloatStaysWithinItsError() {
    SplittableRandom random = Seeds.random();
    float inFloat = 0.1f;
    double inDouble = inFloat;
    double moved = 0;
    double size = 0.1;
    for (int step = 0; step < 1000; step++) {
      double move = random.nextDouble(-1e-3, 1e-3);
      inFloat -= (float) move;
      inDouble -= move;
      moved += Math.abs(move);
      size = Math.max(size, Math.abs(inDouble));
    }
    assertThat(Math.abs(inFloat - inDouble)).isLessThan(Tolerances.floatLatent(1000, size, moved));
  }
}
