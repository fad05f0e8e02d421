package org.bitloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Input;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Role;
import org.bitloom.graph.Window;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphBlockTest {
  private static final Window WINDOW =
      new Window(new Extent(3, 2), new Extent(2, 1), new Extent(1, 0));
  private static final Window PADDED =
      new Window(Extent.square(2), Extent.square(1), Extent.square(1));

  /** Every kind of node, with what the known networks do without: groups, padding, biases. */
  private static final Graph EVERYTHING =
      new Graph(
          List.of(
              new Input("input", List.of(4, 9, 7)),
              new Convolution("conv", "input", 6, WINDOW, 2, true),
              new BatchNorm("norm", "conv", 1e-3, 0.5),
              new Relu("relu", "norm"),
              new MaxPool("max", "relu", PADDED),
              new AveragePool("average", "max", PADDED),
              new Flatten("flatten", "average"),
              new Dense("dense", "flatten", 6, true),
              new BatchNorm("rows", "dense", 1e-5, 0.9),
              new GlobalAveragePool("pool", "max"),
              new Add("add", List.of("rows", "pool", "dense"))));

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore store = new ParameterStore(manager, false);

  @AfterEach
  void close() {
    manager.close();
  }

  private GraphBlock initialized(Graph graph) {
    GraphBlock block = new GraphBlock(graph);
    block.initialize(manager, DataType.FLOAT32, images(1, graph));
    return block;
  }

  private static Shape images(int batch, Graph graph) {
    return new Shape(batch)
        .addAll(new Shape(graph.inputShape().stream().mapToLong(Integer::longValue).toArray()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"lenet300", "conv4", "resnet20", "resnet29v2"})
  void theParametersAreThoseOfTheGraph(String name) {
    Graph graph = KnownNetworks.of(name, List.of(3, 8, 8), 10);
    List<GraphParameter> found = new ArrayList<>();
    for (var named : initialized(graph).getParameters()) {
      Parameter parameter = named.getValue();
      Role role = parameter.requiresGradient() ? Role.FLOAT : Role.STATISTIC;
      long[] shape = parameter.getArray().getShape().getShape();
      List<Integer> sides = Arrays.stream(shape).mapToObj(Math::toIntExact).toList();
      boolean weight = parameter.getType() == Parameter.Type.WEIGHT;
      int fanIn = weight ? (int) (parameter.getArray().size() / shape[0]) : 0;
      found.add(new GraphParameter(named.getKey(), sides, weight ? Role.WEIGHT : role, fanIn));
    }
    assertThat(found).isEqualTo(graph.parameters());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"conv6, 8", "conv2, 3", "resnet20, 5", "resnet29v2, 9"})
  void smallImagesGiveOneLogitPerClass(String name, int side) {
    Graph graph = KnownNetworks.of(name, List.of(3, side, side), 7);
    NDArray images = manager.ones(images(2, graph));
    NDList logits = initialized(graph).forward(store, new NDList(images), false);
    assertThat(logits.singletonOrThrow().getShape()).isEqualTo(new Shape(2, 7));
  }

  @Test
  void theEngineComputesWhatTheNodesSay() {
    SplittableRandom random = Seeds.random();
    GraphBlock block = initialized(EVERYTHING);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (var named : block.getParameters()) {
      NDArray array = named.getValue().getArray();
      float[] drawn = new float[Math.toIntExact(array.size())];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (float) random.nextDouble(0.1, 1) * (random.nextInt(4) == 0 ? -1 : 1);
        if (named.getKey().endsWith("runningVariance")) {
          drawn[i] = Math.abs(drawn[i]);
        }
      }
      values.put(named.getKey(), drawn);
      array.set(drawn);
    }
    double[] sample = random.doubles(4 * 9 * 7, -1, 1).toArray();
    float[] input = new float[2 * sample.length];
    for (int i = 0; i < sample.length; i++) {
      input[sample.length + i] = (float) sample[i]; // the second of a batch
    }
    NDArray images = manager.create(input, images(2, EVERYTHING));

    float[] found =
        block.forward(store, new NDList(images), false).singletonOrThrow().get(1).toFloatArray();

    double[] expected = new NaiveGraph(EVERYTHING, values).run(sample);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("output %d, replay with -Dbitloom.seed=%d", i, Seeds.CURRENT)
          .isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void trainingMovesTheStatisticsByTheirMomentum() {
    Graph graph =
        new Graph(
            List.of(
                new Input("input", List.of(1)),
                new BatchNorm("norm", "input", 1e-5, 0.75),
                new Relu("relu", "norm")));
    GraphBlock block = initialized(graph);
    NDArray rows = manager.create(new float[] {6, 10}, new Shape(2, 1));

    block.forward(store, new NDList(rows), true);

    Parameter mean = block.getParameters().get("norm.runningMean");
    assertThat(mean.getArray().toFloatArray()).containsExactly(2); // 0.75 * 0 + 0.25 * 8
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    GraphBlock block = new GraphBlock(KnownNetworks.of("lenet300", List.of(1, 28, 28), 10));
    assertThatThrownBy(() -> block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 28, 27)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input must be batches of [1, 28, 28], got [(1, 1, 28, 27)]");
  }

  @Test
  void aClearedBlockCanBeInitializedAgain() {
    GraphBlock block = initialized(EVERYTHING);
    block.clear();
    assertThat(block.isInitialized()).isFalse();
    block.initialize(manager, DataType.FLOAT32, images(1, EVERYTHING));
    assertThat(block.isInitialized()).isTrue();
  }
}
