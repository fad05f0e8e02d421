package org.bitloom.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphJsonTest {
  private static final Window WINDOW =
      new Window(new Extent(3, 2), new Extent(2, 1), new Extent(1, 0));

  /** Every kind of node. */
  private static final Graph EVERYTHING =
      new Graph(
          List.of(
              new Input("input", List.of(4, 9, 7)),
              new Convolution("conv", "input", 6, WINDOW, 2, true),
              new BatchNorm("norm", "conv", 1e-5, 0.9),
              new Relu("relu", "norm"),
              new MaxPool("max", "relu", WINDOW),
              new AveragePool("average", "max", WINDOW),
              new Flatten("flatten", "average"),
              new Dense("dense", "flatten", 6, false),
              new GlobalAveragePool("pool", "max"),
              new Add("add", List.of("dense", "pool"))));

  static List<String> networks() {
    return KnownNetworks.names();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void knownNetworksComeBackFromText(String name) {
    Graph graph = KnownNetworks.of(name, List.of(3, 32, 32), 10);
    String text = Json.print(GraphJson.print(graph));
    assertThat(GraphJson.parse(Json.parse(text))).isEqualTo(graph);
  }

  @Test
  void everyKindOfNodeComesBackWithoutText() {
    assertThat(GraphJson.parse(GraphJson.print(EVERYTHING))).isEqualTo(EVERYTHING);
  }

  @Test
  void theTextIsAsThePageOfTheFormatSays() {
    assertThat(Json.print(GraphJson.print(EVERYTHING)))
        .isEqualTo(
            ("{'nodes':[{'name':'input','kind':'input','shape':[4,9,7]},"
                    + "{'name':'conv','kind':'convolution','inputs':['input'],'filters':6,"
                    + "'window':[3,2],'stride':[2,1],'padding':[1,0],'groups':2,'bias':true},"
                    + "{'name':'norm','kind':'batch-norm','inputs':['conv'],"
                    + "'epsilon':0.00001,'momentum':0.9},"
                    + "{'name':'relu','kind':'relu','inputs':['norm']},"
                    + "{'name':'max','kind':'max-pool','inputs':['relu'],"
                    + "'window':[3,2],'stride':[2,1],'padding':[1,0]},"
                    + "{'name':'average','kind':'average-pool','inputs':['max'],"
                    + "'window':[3,2],'stride':[2,1],'padding':[1,0]},"
                    + "{'name':'flatten','kind':'flatten','inputs':['average']},"
                    + "{'name':'dense','kind':'dense','inputs':['flatten'],"
                    + "'units':6,'bias':false},"
                    + "{'name':'pool','kind':'global-average-pool','inputs':['max']},"
                    + "{'name':'add','kind':'add','inputs':['dense','pool']}]}")
                .replace('\'', '"'));
  }

  /**
   * Returns the nodes with one member of one node replaced, or removed if {@code value} is null.
   */
  private static Map<String, Object> changed(int node, String key, Object value) {
    Map<String, Object> graph = GraphJson.print(EVERYTHING);
    List<Object> nodes = new ArrayList<>((List<?>) graph.get("nodes"));
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) nodes.get(node)).forEach((name, member) -> members.put((String) name, member));
    members.put(key, value);
    if (value == null) {
      members.remove(key);
    }
    nodes.set(node, members);
    graph.put("nodes", nodes);
    return graph;
  }

  private static void refused(String message, Object values) {
    assertThatThrownBy(() -> GraphJson.parse(values))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void unknownAndMissingKeysAreRefused() {
    refused("node 4 must have no other keys, got [slope]", changed(3, "slope", 0.1));
    refused("node 2 must have groups, got only [name, kind", changed(1, "groups", null));
    refused("graph must have nodes, got only []", Map.of());
    refused("graph must have no other keys, got [x]", Map.of("nodes", List.of(), "x", 1L));
  }

  @Test
  void valuesOfTheWrongTypeAreRefused() {
    refused("graph must be an object, got 3", 3L);
    refused("nodes of graph must be an array, got 3", Map.of("nodes", 3L));
    refused("node 1 must be an object, got 3", Map.of("nodes", List.of(3L)));
    refused(
        "units of node 8 must be an integer of 0..2147483647, got 6.0", changed(7, "units", 6.0));
    refused(
        "units of node 8 must be an integer of 0..2147483647, got -1", changed(7, "units", -1L));
    refused(
        "units of node 8 must be an integer of 0..2147483647, got 4294967297",
        changed(7, "units", (1L << 32) + 1));
    refused("bias of node 8 must be true or false, got 0", changed(7, "bias", 0L));
    refused("name of node 8 must be a string, got 5", changed(7, "name", 5L));
    refused("epsilon of node 3 must be a number, got small", changed(2, "epsilon", "small"));
    refused(
        "window of node 2 must be a height and a width, got 1 numbers",
        changed(1, "window", List.of(3L)));
    refused("inputs of node 8 must be names, got 1", changed(7, "inputs", List.of(1L)));
    refused("node 8 must have one input, got 2", changed(7, "inputs", List.of("conv", "relu")));
  }

  @Test
  void anUnknownKindListsTheKnownOnes() {
    refused(
        "must be one of [input, dense, convolution, batch-norm, relu,"
            + " max-pool, average-pool, global-average-pool, flatten, add], got 'tanh'",
        changed(3, "kind", "tanh"));
  }

  @Test
  void aWrongGraphIsRefused() {
    refused("inputs of relu must stand before it, got max", changed(3, "inputs", List.of("max")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u202eb", "a\nb"})
  void textFromAFileIsMadeFitForAMessage(String text) {
    refused("got 'a?b'", changed(3, "kind", text));
  }
}
