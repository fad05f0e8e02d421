package org.bitloom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.update.FloatParameter;
import org.bitloom.update.KernelChoice;
import org.bitloom.update.Method;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrafficTest {
  static List<UpdateCase> cases() {
    List<UpdateCase> cases = new ArrayList<>();
    for (UpdateRule rule : UpdateRule.values()) {
      for (int depth : Field.DEPTHS) {
        Field.masks(depth).forEach(mask -> cases.add(new UpdateCase(rule, depth, mask)));
      }
      cases.add(new UpdateCase(rule, 8, "sign"));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theStateOfAWeightIsAsLargeAsPromised(UpdateCase one) {
    assertThat(MemoryBenchmark.counted(one)).isCloseTo(MemoryBenchmark.formula(one), within(1e-6));
  }

  @Test
  void momentsAreReadAndWrittenGradientsReadTwice() {
    var floats = new FloatParameter("w", 1000, Method.adam(), KernelChoice.scalar());
    Traffic traffic = Traffic.of(List.of(floats, floats));
    assertThat(traffic.weights()).isEqualTo(2000);
    assertThat(traffic.statePerWeight()).isCloseTo(8, within(0.01));
    assertThat(traffic.movedPerWeight()).isCloseTo(16 + 8 + 8, within(0.01));
  }

  @Test
  void countsBelowZeroAreRefused() {
    assertThatThrownBy(() -> new Traffic(1, -1, 0))
        .hasMessageContaining("bytes 0 or more, got [1, -1, 0]");
  }
}
