package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class WorstMistakesTest {
  private static Mistake mistake(int sample, double ofLabel) {
    return new Mistake(sample, 1, 2, ofLabel, 1 - ofLabel);
  }

  @Test
  void theSamplesWhoseClassGotTheLeastAreKeptWorstFirst() {
    WorstMistakes worst = new WorstMistakes();
    for (int sample = 0; sample < 100; sample++) {
      worst.add(mistake(sample, (sample * 37 % 100) / 200.0));
    }
    assertThat(worst.worstFirst())
        .hasSize(WorstMistakes.KEPT)
        .extracting(Mistake::ofLabel)
        .isSorted()
        .startsWith(0.0)
        .endsWith(0.075);
  }

  @Test
  void ofEquallyBadOnesTheFirstSamplesAreKept() {
    WorstMistakes worst = new WorstMistakes();
    for (int sample = 99; sample >= 0; sample--) {
      worst.add(mistake(sample, 0.25));
    }
    assertThat(worst.worstFirst()).extracting(Mistake::sample).startsWith(0, 1, 2).endsWith(15);
  }

  @Test
  void probabilitiesAreThoseOfTheSoftmax() {
    Mistake found = Mistake.of(7, 0, 1, new float[] {0, (float) Math.log(3), -1000});
    assertThat(found.ofLabel()).isCloseTo(0.25, within(1e-6));
    assertThat(found.ofAnswer()).isCloseTo(0.75, within(1e-6));
  }

  @Test
  void aRightAnswerIsNoMistake() {
    assertThatThrownBy(() -> new Mistake(0, 3, 3, 0.1, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another answer");
  }
}
