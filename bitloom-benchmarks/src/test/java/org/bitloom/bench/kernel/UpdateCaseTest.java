package org.bitloom.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateCaseTest {
  private static final int TILE = UpdateCase.TILE;

  @ParameterizedTest
  @EnumSource(UpdateRule.class)
  void aLargeTensorRepeatsASmallOne(UpdateRule rule) {
    UpdateCase one = new UpdateCase(rule, 6, "top3");
    int[] small = codes(one, TILE);
    int[] large = codes(one, 2 * TILE + 1000);
    assertThat(Arrays.copyOf(large, TILE)).isEqualTo(small);
    assertThat(Arrays.copyOfRange(large, TILE, 2 * TILE)).isEqualTo(small);
    assertThat(Arrays.copyOfRange(large, 2 * TILE, large.length))
        .isEqualTo(Arrays.copyOf(small, 1000));
    assertThat(Arrays.stream(small).distinct().count()).as("different weights").isEqualTo(62);
  }

  private static int[] codes(UpdateCase one, int size) {
    try (ThreadTeam team = new ThreadTeam(1)) {
      return one.create(size, KernelChoice.scalar(), team).codes(one.toString());
    }
  }
}
