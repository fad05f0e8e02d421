package org.bitloom.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
  private static final Input IMAGES = new Input("input", List.of(4, 9, 7));
  private static final GlobalAveragePool POOL = new GlobalAveragePool("pool", "input");

  private static Window window(int size, int stride, int padding) {
    return new Window(Extent.square(size), Extent.square(stride), Extent.square(padding));
  }

  private static Graph graph(Node... nodes) {
    return new Graph(List.of(nodes));
  }

  private static void refused(String message, Node... nodes) {
    assertThatThrownBy(() -> graph(nodes))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shapesFollowStridePaddingAndGroups() {
    Window wide = new Window(new Extent(3, 5), new Extent(2, 1), new Extent(1, 0));
    Graph graph =
        graph(
            IMAGES,
            new Convolution("conv", "input", 6, wide, 2, true),
            new AveragePool("average", "conv", window(2, 2, 0)),
            new MaxPool("max", "average", window(2, 2, 1)),
            new Flatten("flatten", "max"),
            new Dense("dense", "flatten", 3, true));
    assertThat(graph.shapeOf("conv")).containsExactly(6, 5, 3);
    assertThat(graph.shapeOf("average")).containsExactly(6, 2, 1);
    assertThat(graph.shapeOf("max")).containsExactly(6, 2, 1);
    assertThat(graph.shapeOf("flatten")).containsExactly(12);
    assertThat(graph.classes()).isEqualTo(3);
    assertThat(graph.inputShape()).containsExactly(4, 9, 7);
  }

  @Test
  void fanInCountsWhatReachesOneOutput() {
    Graph graph =
        graph(
            IMAGES,
            new Convolution("conv", "input", 6, window(3, 1, 1), 2, true),
            new GlobalAveragePool("pool", "conv"),
            new Dense("dense", "pool", 5, true));
    assertThat(graph.parameters())
        .containsExactly(
            new GraphParameter("conv.weight", List.of(6, 2, 3, 3), Role.WEIGHT, 18),
            new GraphParameter("conv.bias", List.of(6), Role.FLOAT, 0),
            new GraphParameter("dense.weight", List.of(5, 6), Role.WEIGHT, 6),
            new GraphParameter("dense.bias", List.of(5), Role.FLOAT, 0));
  }

  @Test
  void aNormHasFloatsAndStatisticsOfItsChannels() {
    Graph graph =
        graph(
            IMAGES,
            new BatchNorm("norm", "input", 1e-5, 0.9),
            new Relu("relu", "norm"),
            new GlobalAveragePool("pool", "relu"));
    assertThat(graph.parameters())
        .extracting(GraphParameter::name, GraphParameter::role, GraphParameter::size)
        .containsExactly(
            tuple("norm.gamma", Role.FLOAT, 4),
            tuple("norm.beta", Role.FLOAT, 4),
            tuple("norm.runningMean", Role.STATISTIC, 4),
            tuple("norm.runningVariance", Role.STATISTIC, 4));
    assertThat(graph.parameter("norm.beta").shape()).containsExactly(4);
  }

  @Test
  void graphsOfEqualNodesAreEqual() {
    assertThat(graph(IMAGES, POOL))
        .isEqualTo(graph(IMAGES, POOL))
        .hasSameHashCodeAs(graph(IMAGES, POOL));
    assertThat(graph(IMAGES, POOL))
        .isNotEqualTo(graph(IMAGES, POOL, new Dense("dense", "pool", 4, false)));
  }

  @Test
  void theFirstNodeMustBeTheOnlyInput() {
    refused(
        "the first node must be the only input, got GlobalAveragePool pool as node 1",
        POOL,
        IMAGES);
    refused(
        "the first node must be the only input, got Input other as node 2",
        IMAGES,
        new Input("other", List.of(3)),
        POOL);
    refused("graph must have 2..10000 nodes, got 1", IMAGES);
  }

  @Test
  void inputsMustStandBeforeTheirNode() {
    refused(
        "inputs of dense must stand before it, got pool",
        IMAGES,
        new Dense("dense", "pool", 2, false),
        POOL);
  }

  @Test
  void namesMustDiffer() {
    refused("names must differ, got input twice", IMAGES, new GlobalAveragePool("input", "input"));
  }

  @Test
  void aNodeThatLeadsNowhereIsRefused() {
    refused("unused: [relu]", IMAGES, new Relu("relu", "input"), POOL);
  }

  @Test
  void theOutputMustBeOneNumberForEachClass() {
    refused(
        "output must be one number for each class, relu gives [4, 9, 7]",
        IMAGES,
        new Relu("relu", "input"));
  }

  @Test
  void whatIsAddedMustHaveOneShape() {
    refused(
        "add must add outputs of equal shape, got [[4], [5]]",
        IMAGES,
        POOL,
        new Dense("dense", "pool", 5, false),
        new Add("add", List.of("pool", "dense")));
    refused(
        "must add the outputs of two or more nodes, got [pool]",
        () -> new Add("add", List.of("pool")));
  }

  @Test
  void layersRefuseWhatTheyCannotTake() {
    refused(
        "dense must get rows of features [features], got [4, 9, 7]",
        IMAGES,
        new Dense("dense", "input", 2, false));
    refused(
        "conv must get images [channels, height, width], got [4]",
        IMAGES,
        POOL,
        new Convolution("conv", "pool", 2, window(1, 1, 0), 1, false));
    refused(
        "input channels of conv must be a multiple of its 3 groups, got 4",
        IMAGES,
        new Convolution("conv", "input", 6, window(1, 1, 0), 3, false));
    refused(
        "with 7 pixels, padding included, for a window of 8",
        IMAGES,
        new MaxPool("max", "input", window(8, 1, 0)));
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    refused(
        "units of dense must be at least 1, got 0", () -> new Dense("dense", "input", 0, false));
    refused(
        "filters of conv must be a multiple of its 4 groups, got 6",
        () -> new Convolution("conv", "input", 6, window(1, 1, 0), 4, false));
    refused("stride must be at least 1x1, got 0x0", () -> window(1, 0, 0));
    refused("padding must be less than the window of 3x3, got 3x3", () -> window(3, 1, 3));
    refused(
        "max must have a padding of at most half its window 3x3, got 2x2",
        () -> new MaxPool("max", "input", window(3, 1, 2)));
    refused(
        "epsilon of norm must be finite and above 0, got 0.0",
        () -> new BatchNorm("norm", "input", 0, 0.9));
    refused(
        "momentum of norm must be 0..1, got NaN",
        () -> new BatchNorm("norm", "input", 1e-5, Double.NaN));
    refused(
        "dimensions of shape of input must be at least 1, got 0",
        () -> new Input("input", List.of(3, 0)));
  }

  private static void refused(String message, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void sizesPastAnIntAreRefused() {
    Input large = new Input("input", List.of(1, 40_000, 40_000));
    refused(
        "output of conv must have at most 2147483647 elements",
        large,
        new Convolution("conv", "input", 2, window(1, 1, 0), 1, false));
    refused(
        "parameter dense.weight must have at most 2147483647 elements, got [2, 1600000000]",
        large,
        new Flatten("flatten", "input"),
        new Dense("dense", "flatten", 2, false));
    Extent most = Extent.square(Integer.MAX_VALUE);
    Window padded = new Window(most, Extent.square(1), Extent.square(Integer.MAX_VALUE - 1));
    refused(
        "conv must give at most 2147483647 elements, got 2147483655 places",
        IMAGES,
        new Convolution("conv", "input", 1, padded, 1, false));
  }

  @Test
  void tooManyNodesAreRefused() {
    List<Node> nodes = new ArrayList<>(List.of(IMAGES));
    for (int i = 1; i <= Graph.MAX_NODES; i++) {
      nodes.add(new Relu("relu" + i, i == 1 ? "input" : "relu" + (i - 1)));
    }
    assertThatThrownBy(() -> new Graph(nodes))
        .hasMessage("graph must have 2..10000 nodes, got 10001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a/b", "a b", "a\nb", "ä", "a*"})
  void namesAreReadableParts(String name) {
    assertThatThrownBy(() -> new Relu(name, "input"))
        .hasMessageStartingWith("name of a node must be parts of ASCII letters")
        .hasMessageEndingWith("got '" + name.replace('\n', '?') + "'");
  }

  @Test
  void whatIsNotInTheGraphIsRefused() {
    Graph graph = graph(IMAGES, POOL, new Dense("dense", "pool", 2, false));
    assertThatThrownBy(() -> graph.shapeOf("conv"))
        .hasMessage("node must be one of the graph's, got conv");
    assertThatThrownBy(() -> graph.parameter("dense.bias"))
        .hasMessage("parameter must be one of [dense.weight], got dense.bias");
  }
}
