package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bitloom.statistics.Spread;
import org.bitloom.sweep.Comparison.Verdict;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Spread BASELINE = around(0.50);

  /** Three seeds with a deviation of 0.01, so a standard error of 0.00577. */
  private static Spread around(double mean) {
    return Spread.of(List.of(mean - 0.01, mean, mean + 0.01));
  }

  private static Comparison alone(Spread figures) {
    return Comparison.all(List.of(new Comparison.Pair(figures, BASELINE))).get(0);
  }

  @Test
  void twoStandardErrorsAreTooFewAtThreeSeeds() {
    assertThat(alone(around(0.52)).verdict()).isEqualTo(Verdict.NOT_SHOWN); // 2.4 of them
    assertThat(alone(around(0.48)).verdict()).isEqualTo(Verdict.NOT_SHOWN);
  }

  @Test
  void moreThanTheSeedsExplainIsBetterOrWorse() {
    assertThat(alone(around(0.53)).verdict()).isEqualTo(Verdict.BETTER); // 3.7 of them
    assertThat(alone(around(0.47)).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(alone(around(0.47)).difference()).isCloseTo(-0.03, within(1e-12));
  }

  /** t = 0.03 / (0.01 sqrt(2/3)) at 4 degrees of freedom. */
  @Test
  void pValueIsThatOfWelch() {
    assertThat(alone(around(0.53)).pValue()).isCloseTo(0.02131, within(1e-5));
  }

  @Test
  void twoSeedsTellNothing() {
    assertThat(alone(Spread.of(List.of(0.9, 0.91))).verdict()).isEqualTo(Verdict.NOT_TOLD);
    assertThat(alone(Spread.of(List.of(0.9))).verdict()).isEqualTo(Verdict.NOT_TOLD);
  }

  @Test
  void seedsThatAllComeToTheSameTellNothing() {
    Spread same = Spread.of(List.of(0.1, 0.1, 0.1));
    assertThat(Comparison.all(List.of(new Comparison.Pair(same, same))).get(0).verdict())
        .isEqualTo(Verdict.NOT_TOLD);
  }
}
