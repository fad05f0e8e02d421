package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bitloom.bits.BitLayout;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.update.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains the example that the pages show. */
class OwnNetworkTest {
  private static final Shape INPUT = new Shape(1, 1, Figures.SIDE, Figures.SIDE);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theExampleLearns(long seed) throws IOException, TranslateException {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        BitwiseOptimizer optimizer = OwnNetwork.optimizer(seed)) {
      ArrayDataset images = Figures.draw(manager, 400, 10);
      ArrayDataset others = Figures.draw(manager, 200, 11);
      try (Model model = Model.newInstance("figures", Device.cpu())) {
        model.setBlock(OwnNetwork.block(Figures.CLASSES.size()));
        assertThat(OwnNetwork.train(model, optimizer, images, others)).isGreaterThan(0.9f);
      }
    }
  }

  @Test
  void whatWasSavedGivesAFreshBlockTheSameBitsAndPredictions(@TempDir Path folder)
      throws IOException, TranslateException {
    Path file = folder.resolve("figures.safetensors");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        BitwiseOptimizer optimizer = OwnNetwork.optimizer(1);
        Model model = Model.newInstance("figures", Device.cpu())) {
      ArrayDataset images = Figures.draw(manager, 100, 10);
      model.setBlock(OwnNetwork.block(Figures.CLASSES.size()));
      OwnNetwork.train(model, optimizer, images, images);
      OwnNetwork.save(model.getBlock(), optimizer, file);
      Block loaded = OwnNetwork.load(file, manager);
      model
          .getBlock()
          .getParameters()
          .forEach(
              named ->
                  assertThat(loaded.getParameters().get(named.getKey()).getArray().toFloatArray())
                      .as(named.getKey())
                      .isEqualTo(named.getValue().getArray().toFloatArray()));
      NDArray unseen = Figures.pictures(manager, 60, 12);
      assertThat(OwnNetwork.classify(loaded, unseen))
          .isEqualTo(OwnNetwork.classify(model.getBlock(), unseen));
      BitModel saved = ModelFile.read(file);
      assertThat(saved.classNames()).isEqualTo(Figures.CLASSES);
      assertThat(saved.provenance()).containsEntry("seed", "1").containsKeys("kernels", "jdk");
      assertThat(saved.tensors().stream().filter(BitTensor.class::isInstance)).hasSize(4);
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
    SequentialBlock block = OwnNetwork.block(Figures.CLASSES.size());
    block.initialize(manager, DataType.FLOAT32, INPUT);
    return block;
  }
}
