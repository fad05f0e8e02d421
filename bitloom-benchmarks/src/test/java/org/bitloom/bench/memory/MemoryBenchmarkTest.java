package org.bitloom.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.kernel.UpdateCase;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryBenchmarkTest {
  static List<UpdateCase> cases() {
    List<UpdateCase> cases = new ArrayList<>();
    for (UpdateRule rule : UpdateRule.values()) {
      for (int depth : UpdateCase.DEPTHS) {
        UpdateCase.masks(depth).forEach(mask -> cases.add(new UpdateCase(rule, depth, mask)));
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
}
