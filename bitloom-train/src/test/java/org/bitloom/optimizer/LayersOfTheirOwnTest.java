package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.LayerRule;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;

class LayersOfTheirOwnTest {
  @Test
  void theOptimizerGivesEachLayerItsOwnDepthAndTheLastRuleCounts() {
    BitwiseOptimizer optimizer =
        BitwiseOptimizer.builder()
            .bits(6)
            .mask(BitMask.top(3))
            .layer(LayerRule.bits("*", 4, BitMask.all()))
            .layer(LayerRule.bits("first", 8, BitMask.top(2)))
            .layer(LayerRule.floats("last"))
            .build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      List<Optional<String>> masks =
          optimizer.attach(program.network()).parameters().stream()
              .map(parameter -> parameter.layout().map(BitLayout::mask))
              .toList();
      assertThat(masks.get(0)).contains("11000000");
      assertThat(masks.stream().flatMap(Optional::stream)).hasSize(1);
    }
  }

  @Test
  void aPatternThatMatchesNoLayerNamesTheLayers() {
    BitwiseOptimizer optimizer =
        BitwiseOptimizer.builder().layer(LayerRule.floats("conv1")).build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      assertThatThrownBy(() -> optimizer.attach(program.network()))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "pattern of a layer must match a weight, 'conv1' matches none of"
                  + " 01Conv2d_weight, 05Linear_weight");
    }
  }

  @Test
  void layerRulesWithoutAttachAreRefusedAtTheFirstStep() {
    BitwiseOptimizer optimizer = BitwiseOptimizer.builder().layer(LayerRule.floats("*")).build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      assertThatThrownBy(() -> program.train(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("call attach(block)");
    }
  }
}
