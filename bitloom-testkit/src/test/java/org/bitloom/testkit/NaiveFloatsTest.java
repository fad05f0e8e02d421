package org.bitloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NaiveFloatsTest {
  private static final double TIGHT = 1e-15;

  @Test
  void theFirstAdamStepIsTheRateTimesTheSignOfTheGradient() {
    // m = 0.1 g, sqrt(v) = sqrt(0.001) |g|, correction sqrt(0.001)/0.1: all cancels but epsilon,
    // which takes 1e-7 / (sqrt(0.001) * 3) = 1.05e-6 off the move.
    NaiveAdam adam = new NaiveAdam(new double[] {1, 1, 1});
    adam.step(new double[] {3, -5, 0}, 0.01);
    assertThat(adam.values()[0]).isCloseTo(0.99 + 1.05e-8, within(1e-10));
    assertThat(adam.values()[1]).isCloseTo(1.01 - 6.3e-9, within(1e-10));
    assertThat(adam.values()[2]).isEqualTo(1);
  }

  @Test
  void theSecondAdamStepFollowsTheFormula() {
    NaiveAdam adam = new NaiveAdam(new double[] {0});
    adam.step(new double[] {2}, 0.1);
    double afterFirst = adam.values()[0];
    adam.step(new double[] {-1}, 0.1);
    // m = 0.9*0.2 - 0.1 = 0.08; v = 0.999*0.004 + 0.001 = 0.004996
    double rate = 0.1 * Math.sqrt(1 - 0.998001) / (1 - 0.81);
    double move = rate * 0.08 / (Math.sqrt(0.004996) + 1e-7);
    assertThat(adam.values()[0]).isCloseTo(afterFirst - move, within(TIGHT));
    assertThat(move).isCloseTo(0.0266337, within(1e-7));
  }

  @Test
  void epsilonHoldsBackGradientsBelowIt() {
    // sqrt(v) = sqrt(0.001)*1e-9 is far below epsilon: the move is m/eps, not the full rate.
    NaiveAdam adam = new NaiveAdam(new double[] {0});
    adam.step(new double[] {1e-9}, 1);
    double v = 0.001 * 1e-18;
    double expected = -Math.sqrt(0.001) / 0.1 * 1e-10 / (Math.sqrt(v) + 1e-7);
    assertThat(adam.values()[0]).isCloseTo(expected, within(TIGHT));
    assertThat(adam.values()[0]).isCloseTo(-3.161278e-4, within(1e-9));
  }

  @Test
  void momentumCarriesEarlierGradientsAndTheRateActsAtOnce() {
    NaiveSgd sgd = new NaiveSgd(new double[] {1, 0}, 0.5);
    sgd.step(new double[] {4, -2}, 0.1);
    assertThat(sgd.values()).containsExactly(new double[] {0.6, 0.2}, within(TIGHT));
    sgd.step(new double[] {2, 0}, 0.01); // buffers 4 and -1
    assertThat(sgd.values()).containsExactly(new double[] {0.56, 0.21}, within(TIGHT));
  }

  @Test
  void theStartIsCopiedInAndOut() {
    double[] start = {1};
    NaiveSgd sgd = new NaiveSgd(start, 0);
    start[0] = 9;
    sgd.values()[0] = 9;
    assertThat(sgd.values()).containsExactly(1);
  }

  @Test
  void aGradientOfTheWrongLengthIsRefused() {
    NaiveAdam adam = new NaiveAdam(new double[] {1, 2});
    assertThatThrownBy(() -> adam.step(new double[] {1}, 0.1))
        .hasMessage("gradient must have one value per parameter: 2, got 1");
  }
}
