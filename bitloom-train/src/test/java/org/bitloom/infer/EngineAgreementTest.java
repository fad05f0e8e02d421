package org.bitloom.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Window;
import org.bitloom.infer.kernel.InferenceChoice;
import org.bitloom.infer.kernel.InferenceKernels;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.network.GraphBlock;
import org.bitloom.optimizer.BlockWeights;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain Java gives the scores that the engine gives. */
class EngineAgreementTest {
  private static final double RELATIVE = 1e-4;
  private static final Extent ONE = Extent.square(1);
  private static final Extent NONE = Extent.square(0);

  /** Every kind of node, with what the known networks do without. */
  static final Graph EVERYTHING =
      new Graph(
          List.of(
              new Input("input", List.of(4, 19, 17)),
              new Convolution("conv", "input", 10, window(3, 2, 2, 1, 1, 0), 2, true),
              new BatchNorm("norm", "conv", 1e-3, 0.5),
              new Relu("relu", "norm"),
              new Convolution("depthwise", "relu", 10, window(3, 3, 1, 1, 2, 2), 10, false),
              new Convolution("sparse-stride", "depthwise", 6, window(1, 2, 3, 3, 0, 1), 1, false),
              new MaxPool("max", "sparse-stride", window(2, 2, 1, 1, 1, 1)),
              new AveragePool("average", "max", window(2, 3, 1, 2, 1, 1)),
              new Relu("late", "average"),
              new Flatten("flatten", "late"),
              new Dense("dense", "flatten", 6, true),
              new BatchNorm("rows", "dense", 1e-5, 0.9),
              new GlobalAveragePool("pool", "max"),
              new Add("add", List.of("rows", "pool", "pool")),
              new Relu("last", "add")));

  /** A dense layer that is not alone in reading the input. */
  static final Graph SHARED_INPUT =
      new Graph(
          List.of(
              new Input("input", List.of(12)),
              new Dense("one", "input", 7, true),
              new Dense("other", "input", 7, false),
              new Add("add", List.of("one", "other"))));

  private static Window window(int high, int wide, int down, int right, int top, int left) {
    return new Window(new Extent(high, wide), new Extent(down, right), new Extent(top, left));
  }

  private static Stream<String> knownNetworks() {
    return KnownNetworks.names().stream();
  }

  static Stream<String> goldenModels() {
    return IntStream.rangeClosed(1, 3)
        .mapToObj(GoldenModels::names)
        .flatMap(List::stream)
        .filter(name -> !name.endsWith("module"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("knownNetworks")
  void onKnownNetworks(String name) {
    Graph graph = KnownNetworks.of(name, List.of(3, 12, 9), 10);
    assertAgrees(new MadeUpModel(Seeds.random(name), 3, 0.3).of(graph));
  }

  @Test
  void onEveryKindOfNode() {
    for (int i = 0; i < 5; i++) {
      assertAgrees(new MadeUpModel(Seeds.random("node " + i), 6, 0.2 * i).of(EVERYTHING));
    }
  }

  @Test
  void onSparseWeights() {
    Graph lenet = KnownNetworks.of("lenet300", List.of(1, 28, 28), 10);
    assertAgrees(new MadeUpModel(Seeds.random("lenet"), 3, 0.9).of(lenet));
    Graph convolutions = KnownNetworks.of("resnet20", List.of(3, 11, 7), 10);
    assertAgrees(new MadeUpModel(Seeds.random("resnet"), 3, 0.9).of(convolutions));
  }

  @Test
  void onAnyDepth() {
    Graph graph = KnownNetworks.of("conv2", List.of(1, 6, 6), 4);
    for (int depth : new int[] {1, 2, 16, 31, 32}) {
      assertAgrees(new MadeUpModel(Seeds.random("depth " + depth), depth, 0).of(graph));
    }
  }

  @Test
  void onSmallAndSharedInputs() {
    assertAgrees(new MadeUpModel(Seeds.random("shared"), 4, 0).of(SHARED_INPUT));
    Graph pixel =
        new Graph(
            List.of(
                new Input("input", List.of(2, 1, 1)),
                new Convolution("conv", "input", 3, new Window(ONE, ONE, NONE), 1, true),
                new Flatten("flatten", "conv")));
    assertAgrees(new MadeUpModel(Seeds.random("pixel"), 4, 0).of(pixel));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenModels")
  void onModelsOfEveryFormatAndWhatIsNestedInThem(String name, @TempDir Path folder)
      throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));
    assertAgrees(model);
    while (model.inner().isPresent()) {
      model = model.inner().get();
      assertAgrees(model);
    }
  }

  private static void assertAgrees(BitModel model) {
    byte[][] samples =
        new MadeUpModel(Seeds.random("samples"), 1, 0).samples(model.graph().orElseThrow(), 12);
    float[][] expected = engine(model, samples);
    for (InferenceKernels kernels : List.of(InferenceChoice.scalar(), InferenceChoice.vector())) {
      BitNetwork network = BitNetwork.of(model, kernels);
      for (int i = 0; i < samples.length; i++) {
        assertAgrees(
            kernels.name() + ", sample " + i, network.scores(raw(samples[i])), expected[i]);
      }
    }
  }

  static void assertAgrees(String what, float[] found, float[] expected) {
    double largest = 0;
    for (float score : expected) {
      largest = Math.max(largest, Math.abs(score));
    }
    for (int c = 0; c < expected.length; c++) {
      assertThat((double) found[c])
          .as("%s, class %d, replay with -Dbitloom.seed=%d", what, c, Seeds.CURRENT)
          .isCloseTo(expected[c], within(RELATIVE * largest));
    }
    assertThat(BitNetwork.largest(found)).as(what).isEqualTo(BitNetwork.largest(expected));
  }

  static float[] raw(byte[] sample) {
    float[] raw = new float[sample.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = sample[i] & 0xff;
    }
    return raw;
  }

  private static float[][] engine(BitModel model, byte[][] samples) {
    Graph graph = model.graph().orElseThrow();
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(samples.length);
      for (int side : graph.inputShape()) {
        shape = shape.add(side);
      }
      Block block = new GraphBlock(graph);
      block.initialize(manager, DataType.FLOAT32, shape);
      BlockWeights.load(model.network(), model.tensors(), block);
      float[] inputs = new float[samples.length * samples[0].length];
      float[] input = new float[samples[0].length];
      for (int i = 0; i < samples.length; i++) {
        model.normalization().apply(samples[i], 0, input);
        System.arraycopy(input, 0, inputs, i * input.length, input.length);
      }
      NDList batch = new NDList(manager.create(inputs, shape));
      float[] flat =
          block
              .forward(new ParameterStore(manager, false), batch, false)
              .singletonOrThrow()
              .toFloatArray();
      float[][] scores = new float[samples.length][graph.classes()];
      for (int i = 0; i < flat.length; i++) {
        scores[i / graph.classes()][i % graph.classes()] = flat[i];
      }
      return scores;
    }
  }
}
