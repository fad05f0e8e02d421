package org.bitloom.reproduce.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The paired test against published figures. */
final class PairedDifferenceTest {
  /**
   * Hours of sleep gained with two drugs by ten patients: Student, Biometrika 6 (1908), page 20.
   */
  private static final List<Double> DRUG_1 =
      List.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);

  private static final List<Double> DRUG_2 =
      List.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

  private static final PairedDifference SLEEP = PairedDifference.of(DRUG_1, DRUG_2);

  /** As R prints it of its data set sleep: t.test(..., paired = TRUE). */
  @Test
  void pValueAndIntervalAreThoseOfStudentsSleepData() {
    assertThat(SLEEP.mean()).isCloseTo(-1.58, within(1e-12));
    assertThat(SLEEP.pValue(0)).isCloseTo(0.002833, within(5e-7));
    assertThat(SLEEP.low()).isCloseTo(-2.4598858, within(5e-8));
    assertThat(SLEEP.high()).isCloseTo(-0.7001142, within(5e-8));
  }

  /** A bound at the end of the interval has what the interval leaves out. */
  @Test
  void pValueOfTheEndOfTheIntervalIsFivePercent() {
    assertThat(SLEEP.pValue(SLEEP.high())).isCloseTo(0.05, within(1e-9));
    assertThat(SLEEP.pValue(SLEEP.low())).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void twoPairsAndPairsThatAllDifferAlikeAreNoTest() {
    assertThat(PairedDifference.of(List.of(1.0, 2.0), List.of(0.5, 0.9)).isTestable()).isFalse();
    PairedDifference alike = PairedDifference.of(List.of(1.0, 2.0, 3.0), List.of(0.0, 1.0, 2.0));
    assertThat(alike.mean()).isEqualTo(1);
    assertThat(alike.pValue(0)).isNaN();
    assertThat(alike.low()).isNaN();
  }

  @Test
  void pairsNeedTwoFigures() {
    assertThatThrownBy(() -> PairedDifference.of(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
