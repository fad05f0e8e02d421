package org.bitloom.bench.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the op-by-op trainer with the rule {@code independent}, which must be the same. */
class OpByOpTrainingTest {
  private static final int BATCH = 32;
  private static final int[] UNITS = {12, 16, 5};
  private static final float RATE = 0.02f;
  private static final int STEPS = 6;

  /** Latents are floats: bits closer to their threshold than this may fall either way. */
  private static final float NEAR = 2e-6f;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32})
  void itsWeightsAreThoseOfTheIndependentRuleAfterEveryStep(int depth) {
    BitwiseOptimizer optimizer =
        BitwiseOptimizer.builder()
            .bits(depth)
            .mask(BitMask.all())
            .rule(UpdateRule.INDEPENDENT)
            .learningRate(RATE)
            .seed(Seeds.CURRENT)
            .build();
    EngineTraining.Task task =
        new EngineTraining.Task(block(), new Shape(BATCH, UNITS[0]), UNITS[2]);
    try (EngineTraining ours = EngineTraining.ours("ours", task, optimizer);
        OpByOpTraining plain = new OpByOpTraining("plain", starts(ours, depth), BATCH, RATE)) {
      List<int[]> first = codes(ours);
      int flips = 0;
      for (int step = 1; step <= STEPS; step++) {
        ours.step();
        plain.step();
        List<int[]> codes = codes(ours);
        for (int layer = 0; layer < codes.size(); layer++) {
          compare("step " + step + ", layer " + layer, codes.get(layer), plain, layer);
          flips += flips(first.get(layer), codes.get(layer));
        }
      }
      assertThat(flips).as("flips, else this proves nothing").isGreaterThan(10);
    }
  }

  private static SequentialBlock block() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(UNITS[1]).optBias(false).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(UNITS[2]).optBias(false).build());
  }

  private static List<OpByOpLayer.Start> starts(EngineTraining ours, int depth) {
    List<OpByOpLayer.Start> starts = new ArrayList<>();
    List<ParameterSpec> layers = ours.state().parameters();
    for (int layer = 0; layer < layers.size(); layer++) {
      String name = layers.get(layer).name();
      Shape shape = new Shape(UNITS[layer + 1], UNITS[layer]);
      starts.add(new OpByOpLayer.Start(name, Seeds.CURRENT, depth, shape));
    }
    return starts;
  }

  private static List<int[]> codes(EngineTraining ours) {
    return ours.state().parameters().stream()
        .map(parameter -> ours.state().codes(parameter.name()))
        .toList();
  }

  private static void compare(String place, int[] codes, OpByOpTraining plain, int layer) {
    OpByOpLayer weight = plain.layers().get(layer);
    for (int bit = 0; bit < weight.depth(); bit++) {
      float[] latents = weight.latents(bit);
      for (int i = 0; i < codes.length; i++) {
        if (Math.abs(latents[i]) > NEAR) {
          assertThat(latents[i] > 0)
              .as("%s, weight %d, bit %d, latent %s", place, i, bit, latents[i])
              .isEqualTo((codes[i] >>> bit & 1) == 1);
        }
      }
    }
    compareWeights(place, codes, weight);
  }

  private static void compareWeights(String place, int[] codes, OpByOpLayer weight) {
    float[] composed = weight.weights();
    for (int i = 0; i < codes.length; i++) {
      double expected = (double) SignMagnitude.value(codes[i], weight.depth()) * weight.scale();
      assertThat((double) composed[i])
          .as("%s, weight %d", place, i)
          .isCloseTo(expected, within(1e-6 * Math.abs(expected)));
    }
  }

  private static int flips(int[] before, int[] after) {
    int flips = 0;
    for (int i = 0; i < after.length; i++) {
      flips += Integer.bitCount(before[i] ^ after[i]);
    }
    return flips;
  }
}
