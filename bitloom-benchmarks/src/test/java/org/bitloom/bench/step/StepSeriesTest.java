package org.bitloom.bench.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bitloom.bench.kernel.MemoryTraffic;
import org.junit.jupiter.api.Test;

class StepSeriesTest {
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
    public MemoryTraffic traffic() {
      return new MemoryTraffic(1, 0, 0);
    }

    @Override
    public void close() {}
  }

  @Test
  void theFirstStepOfATurnIsNotCounted() {
    StepTimes turn = StepTimes.of(new Scripted(), 4);
    assertThat(turn.update()).isEqualTo(20);
    assertThat(turn.engine()).isEqualTo(5);
    assertThat(turn.step()).isPositive();
  }

  @Test
  void aTurnOfOneStepCountsIt() {
    assertThat(StepTimes.of(new Scripted(), 1).update()).isEqualTo(900);
  }

  @Test
  void ratiosAreTakenWithinARound() {
    StepSeries ours = new StepSeries(new Scripted());
    ours.add(new StepTimes(100, 60, 40), new StepTimes(90, 60, 30));
    ours.add(new StepTimes(1000, 600, 400), new StepTimes(800, 600, 200)); // a slow moment for both
    ours.add(new StepTimes(100, 60, 40), new StepTimes(95, 60, 35));
    assertThat(ours.rounds()).isEqualTo(3);
    assertThat(ours.ratio()).isCloseTo(0.9, within(1e-9));
    assertThat(ours.step()).isEqualTo(95);
    assertThat(ours.baselineEngine()).isEqualTo(60);
  }

  @Test
  void theRatioByRestLeavesForwardAndBackwardOut() {
    StepSeries ours = new StepSeries(new Scripted());
    ours.add(new StepTimes(100, 60, 40), new StepTimes(150, 120, 30)); // 30 of rest against 40
    assertThat(ours.ratio()).isEqualTo(1.5);
    assertThat(ours.ratioByRest()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void twoSeriesAreComparedRoundByRound() {
    StepSeries ours = new StepSeries(new Scripted());
    StepSeries other = new StepSeries(new Scripted());
    StepTimes baseline = new StepTimes(1, 1, 1);
    for (int slow : new int[] {1, 7, 1}) {
      ours.add(baseline, new StepTimes(20 * slow, 1, 6 * slow));
      other.add(baseline, new StepTimes(10 * slow, 1, 2 * slow));
    }
    assertThat(ours.stepTo(other)).isCloseTo(2, within(1e-9));
    assertThat(ours.updateTo(other)).isCloseTo(3, within(1e-9));
  }
}
