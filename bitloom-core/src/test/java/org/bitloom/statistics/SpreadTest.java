package org.bitloom.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void deviationIsThatOfASample() {
    Spread spread = Spread.of(List.of(0.5, 1.0, 0.75));
    assertThat(spread).isEqualTo(new Spread(3, 0.75, 0.25, 0.5, 1.0));
    assertThat(spread.low()).isEqualTo(0.5);
    assertThat(spread.high()).isEqualTo(1.0);
    assertThat(spread.variance()).isEqualTo(0.0625);
  }

  @Test
  void equalFiguresDoNotDeviate() {
    assertThat(Spread.of(List.of(0.1, 0.1, 0.1))).isEqualTo(new Spread(3, 0.1, 0, 0.1, 0.1));
    assertThat(Spread.of(List.of(0.5))).isEqualTo(new Spread(1, 0.5, 0, 0.5, 0.5));
  }

  @Test
  void noFigureHasNoMean() {
    assertThat(Spread.of(List.of()).isEmpty()).isTrue();
    assertThat(Spread.of(List.of()).mean()).isNaN();
  }
}
