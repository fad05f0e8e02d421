package org.bitloom.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class HolmTest {
  /** As R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"). */
  @Test
  void fourPValuesAreCorrectedAsPublished() {
    double[] expected = {0.03, 0.06, 0.06, 0.02};
    assertThat(Holm.corrected(0.01, 0.04, 0.03, 0.005)).containsExactly(expected, within(1e-12));
  }

  @Test
  void whatIsNoTestIsNotCountedAndStays() {
    assertThat(Holm.corrected(0.04, 0.01, Double.NaN, 0.03))
        .containsExactly(0.06, 0.03, Double.NaN, 0.06);
  }

  @Test
  void noneIsAboveOne() {
    assertThat(Holm.corrected(0.9, 0.8)).containsExactly(1, 1);
    assertThat(Holm.corrected()).isEmpty();
  }
}
