package org.bitloom.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TypedTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"9e-4", "1.5e-3", "9e-6", "0.01", "0.1", "0", "20", "2.5", "1e7", "-3e-3"})
  void numbersArePrintedAsTheyWereTyped(String typed) {
    assertThat(Typed.number(Double.parseDouble(typed))).isEqualTo(typed);
  }

  @Test
  void schedulesToo() {
    for (String typed : new String[] {"3x9e-4,1x9e-5,1x9e-6", "5x0.1", "cosine:30x1e-3:warmup2"}) {
      assertThat(Schedule.parse(typed).typed()).isEqualTo(typed);
    }
  }

  @Test
  void whatIsNoNumberIsStillTold() {
    assertThat(Typed.number(Double.NaN)).isEqualTo("NaN");
  }
}
