package org.bitloom.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bitloom.plot.TopBits.Cell;
import org.bitloom.statistics.Spread;
import org.junit.jupiter.api.Test;

class TopBitsTest {
  private static final double EXACT = 1e-9;

  @Test
  void seedsOfOneMaskMakeOneCell() {
    TopBits top =
        top(
            Samples.point(4, "1100", "", 1, 97, 80),
            Samples.point(4, "1100", "", 2, 99, 90),
            Samples.point(4, "1111", "", 1, 96, 30));
    assertThat(top.allCells()).extracting(Cell::bits).containsExactly(2, 4);
    Cell two = top.allCells().get(0);
    assertThat(two.accuracy().mean()).isCloseTo(98, within(EXACT));
    assertThat(two.accuracy().deviation()).isCloseTo(Math.sqrt(2), within(EXACT));
    assertThat(two.nonZero().mean()).isCloseTo(85, within(EXACT));
    assertThat(two.below().isEmpty()).isTrue();
  }

  @Test
  void masksWithAGapOrWithoutTheSignAreCountedNotDrawn() {
    TopBits top =
        top(
            Samples.point(4, "1000", "", 1, 97, 80),
            Samples.point(4, "1011", "", 1, 97, 80),
            Samples.point(4, "0001", "", 1, 97, 80));
    assertThat(top.allCells()).hasSize(1);
    assertThat(top.others()).isEqualTo(2);
  }

  @Test
  void aDivergedRunIsKeptApartFromTheMean() {
    TopBits top =
        top(
            Samples.point(4, "1000", "", 1, 97, 80),
            Samples.point(4, "1000", "", 2, 98, 80),
            Samples.point(4, "1100", "", 1, 98, 80),
            Samples.point(4, "1100", "", 2, 10, 80));
    Cell two = top.allCells().get(1);
    assertThat(two.accuracy()).isEqualTo(Spread.of(List.of(98.0)));
    assertThat(two.below()).isEqualTo(Spread.of(List.of(10.0)));
  }

  @Test
  void aGroupTakesItsOwnBaselineElseTheCommonOne() {
    List<SweepPoint> points =
        List.of(Samples.point(4, "1000", "a", 1, 97, 80), Samples.point(4, "1000", "b", 1, 97, 80));
    Map<String, List<Double>> floats = Map.of("", List.of(0.98), "b", List.of(0.97));
    TopBits top = TopBits.of(new SweepResults(points, floats, Samples.CAPTION));
    assertThat(top.groups()).extracting(group -> group.baseline().mean()).containsExactly(98., 97.);
  }

  private static TopBits top(SweepPoint... points) {
    return TopBits.of(new SweepResults(List.of(points), Map.of(), Samples.CAPTION));
  }
}
