package org.bitloom.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.bitloom.infer.kernel.FilterBank;
import org.bitloom.infer.kernel.Filters;
import org.bitloom.infer.kernel.InferenceChoice;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFiltersTest {
  private static final int TAPS = 13;
  private static final int GROUP = 400;
  private final SplittableRandom random = Seeds.random();

  @Test
  void vectorKernelsAreFound() {
    assertThat(InferenceChoice.vector()).isInstanceOf(VectorInference.class);
  }

  @ParameterizedTest(name = "{0} positions")
  @ValueSource(ints = {1, 3, 15, 16, 17, 31, 33, 64, 65, 127, 200, 1100})
  void sumsAreThoseOfTheScalarTwin(int positions) {
    for (double zeros : new double[] {0, 0.4, 0.6, 1}) {
      assertTwins(new Filters(1, 9, 0, offsets(), weights(9, zeros), positions));
      assertTwins(new Filters(3, 15, GROUP, offsets(), weights(15, zeros), positions));
    }
  }

  private int[] offsets() {
    return random.ints(TAPS, 0, GROUP).toArray();
  }

  private float[] weights(int filters, double zeros) {
    float[] weights = new float[filters * TAPS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextDouble() < zeros ? 0 : random.nextInt(-7, 8);
    }
    return weights;
  }

  private void assertTwins(Filters filters) {
    float[] planes = new float[3 * GROUP + filters.positions() + Filters.SLACK];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) random.nextDouble(-1, 1);
    }
    float[][] expected = sums(InferenceChoice.scalar().prepare(filters), filters, planes);
    float[][] found = sums(new VectorInference().prepare(filters), filters, planes);
    for (int f = 0; f < filters.filters(); f++) {
      for (int p = 0; p < filters.positions(); p++) {
        assertThat((double) found[f][p])
            .as("filter %d, position %d, -Dbitloom.seed=%d", f, p, Seeds.CURRENT)
            .isCloseTo(expected[f][p], within(7 * TAPS * Tolerances.FLOAT_CHAIN));
      }
    }
  }

  private static float[][] sums(FilterBank bank, Filters filters, float[] planes) {
    float[][] sums = new float[filters.filters()][filters.positions() + Filters.SLACK];
    bank.apply(planes, sums, new float[bank.rows()][filters.positions()]);
    return sums;
  }
}
