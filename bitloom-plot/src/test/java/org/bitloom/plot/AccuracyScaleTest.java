package org.bitloom.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.bitloom.plot.page.Ticks;
import org.bitloom.plot.page.Ticks.Tick;
import org.bitloom.statistics.Spread;
import org.junit.jupiter.api.Test;

class AccuracyScaleTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  @Test
  void aDivergedRunIsBelowTheFence() {
    assertThat(AccuracyScale.fenceOf(List.of(97.0, 10.0, 97.5, 98.0))).isEqualTo(97.0);
  }

  @Test
  void aMaskThatIsSimplyWorseIsNot() {
    assertThat(AccuracyScale.fenceOf(List.of(86.4, 89.5, 89.6, 89.8, 88.0))).isEqualTo(NONE);
    assertThat(AccuracyScale.fenceOf(List.of(90.0, 97.5, 98.5, 98.0))).isEqualTo(NONE);
  }

  @Test
  void atMostAQuarterOfTheRunsIsBelow() {
    assertThat(AccuracyScale.fenceOf(List.of(10.0, 97.0, 98.0))).isEqualTo(NONE);
    assertThat(AccuracyScale.fenceOf(List.of(10.0, 10.0, 97.0, 98.0))).isEqualTo(NONE);
    assertThat(AccuracyScale.fenceOf(List.of(10.0, 11.0, 97.0, 98.0, 97.0, 97.0, 97.0, 97.0)))
        .isEqualTo(97.0);
  }

  @Test
  void noRunsAndEqualRunsHaveNoFence() {
    assertThat(AccuracyScale.fenceOf(List.of())).isEqualTo(NONE);
    assertThat(AccuracyScale.fenceOf(List.of(50.0, 50.0, 50.0, 50.0))).isEqualTo(NONE);
  }

  @Test
  void theAxisHoldsMeansAndDeviationsWithSomeRoom() {
    AccuracyScale scale = AccuracyScale.around(NONE, Stream.of(spread(3, 97, 1), spread(1, 98, 0)));
    assertThat(scale.lower()).isBetween(95.5, 95.99);
    assertThat(scale.upper()).isBetween(98.01, 98.5);
  }

  @Test
  void equalAccuraciesGetAnAxisAroundThem() {
    AccuracyScale scale = AccuracyScale.around(NONE, Stream.of(spread(3, 97, 0)));
    assertThat(scale.span()).isBetween(0.5, 0.7);
    assertThat(scale.lower() + scale.upper()).isCloseTo(2 * 97, within(1e-9));
  }

  @Test
  void theAxisHardlyLeavesZeroToHundredPercent() {
    AccuracyScale scale = AccuracyScale.around(NONE, Stream.of(spread(2, 53, 60)));
    assertThat(scale.lower()).isBetween(-10.0, 0.0);
    assertThat(scale.upper()).isBetween(100.0, 110.0);
  }

  @Test
  void nothingToShowGivesTheWholeAxis() {
    assertThat(AccuracyScale.around(NONE, Stream.empty()))
        .isEqualTo(new AccuracyScale(NONE, 0, 0, 100));
  }

  @Test
  void roomBelowIsAShareOfTheWholeAxis() {
    AccuracyScale scale = new AccuracyScale(90, 90, 90, 100).withRoomBelow(0.5);
    assertThat(scale).isEqualTo(new AccuracyScale(90, 80, 90, 100));
    assertThat(scale.hasRoomBelow()).isTrue();
  }

  @Test
  void ticksAreRoundAndInsideZeroToHundred() {
    assertThat(Ticks.percent(85.6, 90.3, 8))
        .extracting(Tick::word)
        .containsExactly("86", "87", "88", "89", "90");
    assertThat(Ticks.percent(97.72, 98.28, 8))
        .extracting(Tick::word)
        .containsExactly("97.8", "97.9", "98.0", "98.1", "98.2");
    assertThat(Ticks.percent(-6, 109, 4)).extracting(Tick::word).containsExactly("0", "50", "100");
  }

  private static Spread spread(int count, double mean, double deviation) {
    return new Spread(count, mean, deviation, mean, mean);
  }
}
