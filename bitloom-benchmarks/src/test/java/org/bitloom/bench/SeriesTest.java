package org.bitloom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeriesTest {
  /** Says that each step takes longer than the last, the first longest of all. */
  private static final class Scripted implements Competitor {
    private static final long[] UPDATES = {900, 10, 20, 30};

    private int steps;
    private long update;

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public void step() {
      update += UPDATES[steps++];
    }

    @Override
    public long engineNanos() {
      return 5L * steps;
    }

    @Override
    public long updateNanos() {
      return update;
    }

    @Override
    public Traffic traffic() {
      return new Traffic(1, 0, 0);
    }

    @Override
    public void close() {}
  }

  @Test
  void theFirstStepOfATurnIsNotCounted() {
    Turn turn = Turn.of(new Scripted(), 4);
    assertThat(turn.update()).isEqualTo(20);
    assertThat(turn.engine()).isEqualTo(5);
    assertThat(turn.step()).isPositive();
  }

  @Test
  void aTurnOfOneStepCountsIt() {
    assertThat(Turn.of(new Scripted(), 1).update()).isEqualTo(900);
  }

  @Test
  void ratiosAreTakenWithinARound() {
    Series ours = new Series(new Scripted());
    ours.add(new Turn(100, 60, 40), new Turn(90, 60, 30));
    ours.add(new Turn(1000, 600, 400), new Turn(800, 600, 200)); // a slow moment for both
    ours.add(new Turn(100, 60, 40), new Turn(95, 60, 35));
    assertThat(ours.rounds()).isEqualTo(3);
    assertThat(ours.ratio()).isCloseTo(0.9, within(1e-9));
    assertThat(ours.step()).isEqualTo(95);
    assertThat(ours.baselineEngine()).isEqualTo(60);
  }

  @Test
  void theRatioByRestLeavesForwardAndBackwardOut() {
    Series ours = new Series(new Scripted());
    ours.add(new Turn(100, 60, 40), new Turn(150, 120, 30)); // 30 of rest against 40
    assertThat(ours.ratio()).isEqualTo(1.5);
    assertThat(ours.ratioByRest()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void twoSeriesAreComparedRoundByRound() {
    Series ours = new Series(new Scripted());
    Series other = new Series(new Scripted());
    Turn baseline = new Turn(1, 1, 1);
    for (int slow : new int[] {1, 7, 1}) {
      ours.add(baseline, new Turn(20 * slow, 1, 6 * slow));
      other.add(baseline, new Turn(10 * slow, 1, 2 * slow));
    }
    assertThat(ours.stepTo(other)).isCloseTo(2, within(1e-9));
    assertThat(ours.updateTo(other)).isCloseTo(3, within(1e-9));
  }
}
