package org.bitloom.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepPointTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.5, 0.5, 'depth must be 1..32, got 0'",
    "33, 1, 0.5, 0.5, 'depth must be 1..32, got 33'",
    "4, 100, 0.5, 0.5, 'mask must be 4 digits 0 and 1, at least one of them 1, got ''100'''",
    "4, 0000, 0.5, 0.5, 'mask must be 4 digits 0 and 1, at least one of them 1, got ''0000'''",
    "4, top3, 0.5, 0.5, 'mask must be 4 digits 0 and 1, at least one of them 1, got ''top3'''",
    "4, 1000, 98, 0.5, 'accuracy must be 0..1, got 98.0'",
    "4, 1000, NaN, 0.5, 'accuracy must be 0..1, got NaN'",
    "4, 1000, 0.5, -0.1, 'nonZeroShare must be 0..1, got -0.1'"
  })
  void valuesOutsideTheirRangeAreRefused(
      int depth, String mask, double accuracy, double nonZero, String message) {
    assertThatThrownBy(() -> new SweepPoint(depth, mask, "", 1, accuracy, nonZero))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "1111, true", "1, true", "1011, false", "0111, false", "01, false"})
  void topBitsBeginAtTheSignAndHaveNoGap(String mask, boolean top) {
    SweepPoint point = new SweepPoint(mask.length(), mask, "", 1, 0.5, 0.5);
    assertThat(point.trainsTopBits()).isEqualTo(top);
  }

  @Test
  void aBaselineOutsideItsRangeIsRefused() {
    Map<String, List<Double>> floats = Map.of("", List.of(1.5));
    assertThatThrownBy(() -> new SweepResults(List.of(), floats, Samples.CAPTION))
        .hasMessage("accuracy must be 0..1, got 1.5");
  }
}
