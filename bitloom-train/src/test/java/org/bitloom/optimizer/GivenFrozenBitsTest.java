package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.SequentialBlock;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.update.StateBackend;
import org.junit.jupiter.api.Test;

/** Gives the optimizer what frozen bits hold. */
class GivenFrozenBitsTest {
  private static final int FROZEN = 0x1f;

  private static BitwiseOptimizer.Builder eightBits() {
    return BitwiseOptimizer.builder().bits(8).mask(BitMask.top(3)).threads(1);
  }

  @Test
  void everyWeightIsAskedForInLayerOrderAndKeepsItsBits() throws IOException, TranslateException {
    List<String> asked = new ArrayList<>();
    FrozenBits source =
        (name, layout, codes) -> {
          asked.add(name);
          Arrays.fill(codes, 0x15);
        };
    BitwiseOptimizer optimizer = eightBits().frozen(source).build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      StateBackend<?> state = optimizer.attach(program.network());
      program.train(2);
      assertThat(asked).containsExactly("01Conv2d_weight", "05Linear_weight");
      for (String name : asked) {
        assertThat(IntStream.of(state.codes(name)).map(code -> code & FROZEN)).containsOnly(0x15);
      }
    }
  }

  @Test
  void withoutAttachThereIsNoNameToAskFor() {
    BitwiseOptimizer optimizer = eightBits().frozen((name, layout, codes) -> {}).build();
    try (Program program = new Program(Program.dense(), optimizer)) {
      assertThatThrownBy(program::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "layer rules and given frozen bits need the names of the weights; call attach(block)"
                  + " before training");
    }
  }

  @Test
  void aroundNoiseTheWeightsComeAsNearAsTrainedBitsCan() throws IOException, TranslateException {
    BitwiseOptimizer floats = BitwiseOptimizer.builder().floatWeights().learningRate(0.01f).build();
    SequentialBlock network = Program.convolutional();
    try (Program before = new Program(network, floats)) {
      before.train(15);
      BitwiseOptimizer.Builder builder =
          BitwiseOptimizer.builder().bits(8).mask(BitMask.top(3)).threads(1).seed(9);
      BitwiseOptimizer bits = builder.fromWeights(FrozenChoice.NOISE).build();
      StateBackend<?> state = bits.attach(network);
      BitLayout layout = BitMask.top(3).at(8);
      for (String name : List.of("01Conv2d_weight", "05Linear_weight")) {
        int[] noise = new int[state.codes(name).length];
        FrozenBits.noise(9).fill(name, layout, noise);
        assertThat(IntStream.of(state.codes(name)).map(code -> code & 0x1f).toArray())
            .isEqualTo(noise);
      }
      assertThat(before.accuracy()).isGreaterThan(0.9);
      bits.close();
    }
  }

  @Test
  void noiseAroundGivenWeightsNeedsTheirNames() {
    BitwiseOptimizer bits = eightBits().fromWeights(FrozenChoice.NOISE).build();
    try (Program program = new Program(Program.dense(), bits)) {
      assertThatThrownBy(program::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("call attach(block) before training");
    }
  }
}
