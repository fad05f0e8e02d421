package org.bitloom.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.junit.jupiter.api.Test;

class MemoryTrafficTest {
  @Test
  void momentsAreReadAndWrittenGradientsReadTwice() {
    MemoryTraffic traffic;
    try (ThreadTeam team = new ThreadTeam(1)) {
      traffic = MemoryTraffic.of(UpdateCase.FLOATS.create(2000, KernelChoice.scalar(), team));
    }
    assertThat(traffic.weights()).isEqualTo(2000);
    assertThat(traffic.statePerWeight()).isCloseTo(8, within(0.01));
    assertThat(traffic.movedPerWeight()).isCloseTo(16 + 8 + 8, within(0.01));
  }

  @Test
  void countsBelowZeroAreRefused() {
    assertThatThrownBy(() -> new MemoryTraffic(1, -1, 0))
        .hasMessageContaining("bytes 0 or more, got [1, -1, 0]");
  }
}
