package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.junit.jupiter.api.Test;

class ParameterSpecTest {
  @Test
  void theFanInIsTheProductOfAllDimensionsButTheFirst() {
    var spec = ParameterSpec.bits("conv1.weight", List.of(8, 3, 5, 5), BitMask.all().at(4));
    assertThat(spec.fanIn()).isEqualTo(75);
    assertThat(spec.size()).isEqualTo(600);
    assertThat(spec.isBitwise()).isTrue();
    assertThat(ParameterSpec.floats("a", List.of()).size()).isEqualTo(1);
  }

  @Test
  void emptyNamesAndDimensionsBelowOneAreRefused() {
    assertThatThrownBy(() -> ParameterSpec.floats("", List.of(1)))
        .hasMessage("name of a parameter must not be empty");
    assertThatThrownBy(() -> ParameterSpec.floats("bias", List.of(2, 0)))
        .hasMessage("dimensions of bias must be at least 1, got [2, 0]");
    assertThatThrownBy(() -> new ParameterSpec("w", List.of(2), 0, Optional.empty()))
        .hasMessage("fanIn of w must be at least 1, got 0");
  }
}
