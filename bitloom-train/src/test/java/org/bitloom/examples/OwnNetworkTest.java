package org.bitloom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bitloom.bits.BitLayout;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.update.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains the example that the pages show. */
class OwnNetworkTest {
  private static final Shape INPUT = new Shape(1, 1, ToyFigures.SIDE, ToyFigures.SIDE);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theExampleLearns(long seed) throws IOException, TranslateException {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        BitwiseOptimizer optimizer = OwnNetwork.optimizer(seed)) {
      Dataset[] trainAndTest = {
        ToyFigures.draw(manager, 400, 10), ToyFigures.draw(manager, 200, 11)
      };
      SequentialBlock block = OwnNetwork.block(ToyFigures.CLASSES);
      assertThat(OwnNetwork.train(block, INPUT, optimizer, trainAndTest)).isGreaterThan(0.9f);
    }
  }

  @Test
  void allWeightsBecomeBitWiseAndEverythingElseStaysFloat() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        BitwiseOptimizer optimizer = OwnNetwork.optimizer(1)) {
      Map<String, String> layouts = new LinkedHashMap<>();
      for (ParameterSpec parameter : optimizer.attach(initialized(manager)).parameters()) {
        layouts.put(parameter.name(), parameter.layout().map(BitLayout::mask).orElse("float"));
      }
      assertThat(layouts)
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("01Conv2d_weight", "111000"),
                  Map.entry("01Conv2d_bias", "float"),
                  Map.entry("02BatchNorm_gamma", "float"),
                  Map.entry("02BatchNorm_beta", "float"),
                  Map.entry("04Conv2d_weight", "111000"),
                  Map.entry("04Conv2d_bias", "float"),
                  Map.entry("05Conv2d_weight", "111000"),
                  Map.entry("05Conv2d_bias", "float"),
                  Map.entry("06BatchNorm_gamma", "float"),
                  Map.entry("06BatchNorm_beta", "float"),
                  Map.entry("09Linear_weight", "11111111"),
                  Map.entry("09Linear_bias", "float")));
    }
  }

  /** The inputs of a depthwise filter are those of its own group: 9, not 72. */
  @Test
  void theFirstWeightsHaveHeDeviationForTheInputsOfTheirGroup() {
    Map<String, List<Long>> shapes =
        Map.of(
            "01Conv2d_weight", List.of(8L, 1L, 3L, 3L),
            "04Conv2d_weight", List.of(8L, 1L, 3L, 3L),
            "05Conv2d_weight", List.of(16L, 8L, 1L, 1L));
    Map<String, Integer> fanIns =
        Map.of("01Conv2d_weight", 9, "04Conv2d_weight", 9, "05Conv2d_weight", 8);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        BitwiseOptimizer optimizer = OwnNetwork.optimizer(1)) {
      SequentialBlock block = initialized(manager);
      optimizer.attach(block);
      fanIns.forEach(
          (name, fanIn) -> {
            var weight = block.getParameters().get(name).getArray();
            assertThat(weight.getShape().getShape())
                .as(name)
                .containsExactly(shapes.get(name).toArray(Long[]::new));
            assertThat(deviation(weight.toFloatArray()))
                .as(name)
                .isCloseTo(Math.sqrt(2.0 / fanIn), Offset.offset(1e-4));
          });
    }
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }

  private static SequentialBlock initialized(NDManager manager) {
    SequentialBlock block = OwnNetwork.block(ToyFigures.CLASSES);
    block.initialize(manager, DataType.FLOAT32, INPUT);
    return block;
  }
}
