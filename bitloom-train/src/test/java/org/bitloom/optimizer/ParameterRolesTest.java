package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.Vocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.Prelu;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.util.PairList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bitloom.bits.BitMask;
import org.bitloom.update.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a parameter is to its layer decides whether it becomes bits, not how many dimensions. */
class ParameterRolesTest {
  private static final int WORDS = 7;
  private static final int LENGTH = 4;
  private static final int SIZE = 6;
  private static final int CLASSES = 3;

  private static BitwiseOptimizer optimizer() {
    return BitwiseOptimizer.builder().bits(4).mask(BitMask.all()).learningRate(0.01f).build();
  }

  /** Words, looked up, normalized over two dimensions, then a dense layer. */
  private static SequentialBlock words() {
    return new SequentialBlock()
        .add(new TrainableWordEmbedding(vocabulary(), SIZE))
        .add(LayerNorm.builder().axis(1, 2).build())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  private static Vocabulary vocabulary() {
    List<String> words = IntStream.range(0, WORDS).mapToObj(word -> "word" + word).toList();
    return DefaultVocabulary.builder().add(words).build();
  }

  private static Map<String, Boolean> bitwise(SequentialBlock block, Shape input) {
    Map<String, Boolean> found = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        BitwiseOptimizer optimizer = optimizer()) {
      block.setInitializer(new NormalInitializer(), parameter -> true);
      block.initialize(manager, DataType.FLOAT32, input);
      for (ParameterSpec parameter : optimizer.attach(block).parameters()) {
        found.put(parameter.name(), parameter.isBitwise());
      }
    }
    return found;
  }

  @Test
  void gainsOfTwoDimensionsAndEmbeddingsAreAttachedAsFloats() {
    assertThat(bitwise(words(), new Shape(1, LENGTH)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "01TrainableWordEmbedding_embedding", false,
                "02LayerNorm_gamma", false,
                "02LayerNorm_beta", false,
                "04Linear_weight", true,
                "04Linear_bias", false));
  }

  @Test
  void weightsOfDenseConvolutionalAndRecurrentLayersAreBitwise() {
    SequentialBlock images =
        new SequentialBlock()
            .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
            .add(Conv2dTranspose.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
            .add(Activation.preluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(2).build());
    assertThat(bitwise(images, new Shape(1, 1, 6, 6)))
        .allSatisfy((name, bits) -> assertThat(bits).as(name).isEqualTo(name.endsWith("weight")))
        .hasSize(7);
    SequentialBlock recurrent =
        new SequentialBlock()
            .add(LSTM.builder().setNumLayers(1).setStateSize(5).optReturnState(false).build());
    assertThat(bitwise(recurrent, new Shape(1, LENGTH, SIZE)))
        .allSatisfy((name, bits) -> assertThat(bits).as(name).isEqualTo(name.endsWith("WEIGHT")))
        .containsValue(true);
  }

  @Test
  void aBlockThatNobodyKnowsSaysItByTheTypesOfItsParameters() {
    assertThat(bitwise(new SequentialBlock().add(new Unknown()), new Shape(1, 2)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("01Unknown_filter", true, "01Unknown_gain", false, "01Unknown_vector", false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gainsOfTwoDimensionsAndEmbeddingsKeepTheirValuesAndLearn(boolean attach) {
    SequentialBlock block = words();
    try (BitwiseOptimizer optimizer = optimizer();
        Model model = Model.newInstance("words", Device.cpu())) {
      model.setBlock(block);
      Loss loss = Loss.softmaxCrossEntropyLoss();
      try (Trainer trainer =
          model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer))) {
        trainer.initialize(new Shape(2, LENGTH));
        Map<String, float[]> before = values(block);
        if (attach) {
          optimizer.attach(block);
        }
        step(trainer, loss, model.getNDManager());
        Map<String, float[]> after = values(block);
        assertThat(levels(after.get("04Linear_weight"))).isLessThan(9);
        for (String name : List.of("01TrainableWordEmbedding_embedding", "02LayerNorm_gamma")) {
          assertThat(moved(before.get(name), after.get(name))).as(name).isBetween(1e-6, 0.011);
        }
      }
    }
  }

  private static void step(Trainer trainer, Loss loss, NDManager manager) {
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = trainer.newGradientCollector()) {
      SplittableRandom random = new SplittableRandom(3);
      long[] words = random.longs(2 * LENGTH, 0, WORDS).toArray();
      NDArray inputs = scope.create(words).reshape(2, LENGTH);
      NDList outputs = trainer.forward(new NDList(inputs));
      collector.backward(loss.evaluate(new NDList(scope.create(new long[] {0, 2})), outputs));
    }
    trainer.step();
  }

  private static Map<String, float[]> values(SequentialBlock block) {
    Map<String, float[]> values = new LinkedHashMap<>();
    block
        .getParameters()
        .forEach(named -> values.put(named.getKey(), named.getValue().getArray().toFloatArray()));
    return values;
  }

  private static int levels(float[] weights) {
    TreeSet<Float> levels = new TreeSet<>();
    for (float weight : weights) {
      levels.add(Math.abs(weight));
    }
    return levels.size();
  }

  /** Returns how far the element went that went farthest. */
  private static double moved(float[] before, float[] after) {
    double farthest = 0;
    for (int i = 0; i < before.length; i++) {
      farthest = Math.max(farthest, Math.abs(after[i] - before[i]));
    }
    return farthest;
  }

  @Test
  void withoutAttachAnArrayThatMayBeAWeightOrNotIsRefused() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        BitwiseOptimizer optimizer = optimizer()) {
      NDArray plain = manager.ones(new Shape(2, 3));
      assertThatThrownBy(() -> optimizer.update("id", plain, plain))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "parameter of shape (2, 3) without a name may be a weight or not; call attach(block)"
                  + " before training");
      NDArray module = manager.ones(new Shape(2, 3));
      module.setName("norm.weight");
      assertThatThrownBy(() -> optimizer.update("id", module, module))
          .hasMessageContaining("named norm.weight may be a weight or not");
    }
  }

  @Test
  void preluOfAnyShapeStaysFloat() {
    assertThat(bitwise(new SequentialBlock().add(new Prelu()), new Shape(1, 3)))
        .containsOnly(Map.entry("01Prelu_alpha", false));
  }

  /** Passes its input on. */
  private static final class Unknown extends AbstractBlock {
    Unknown() {
      add("filter", Parameter.Type.WEIGHT, new Shape(2, 2));
      add("vector", Parameter.Type.WEIGHT, new Shape(2));
      add("gain", Parameter.Type.GAMMA, new Shape(2, 2));
    }

    private void add(String name, Parameter.Type type, Shape shape) {
      addParameter(Parameter.builder().setName(name).setType(type).optShape(shape).build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      return inputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }
}
