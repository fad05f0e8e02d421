package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Input;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Role;
import org.bitloom.graph.Window;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes the graph in a file, or what must agree with it, and sets the checksum right again. */
class HostileGraphTest {
  @TempDir private Path folder;
  private Path path;
  private Map<String, String> metadata;
  private Map<String, TensorData> tensors;

  @BeforeEach
  void takeAModelApart() throws IOException {
    path = folder.resolve("model.safetensors");
    takeApart(model(graph()));
  }

  private void takeApart(BitModel model) throws IOException {
    ModelFile.write(path, model);
    TakenApart file = TakenApart.of(path);
    metadata = file.metadata();
    tensors = file.tensors();
  }

  private static Graph graph() {
    Window window = new Window(Extent.square(3), Extent.square(1), Extent.square(1));
    return new Graph(
        List.of(
            new Input("input", List.of(1, 4, 4)),
            new Convolution("conv1", "input", 2, window, 1, false),
            new BatchNorm("norm1", "conv1", 1e-5, 0.9),
            new Flatten("flatten", "norm1"),
            new Dense("dense1", "flatten", 3, true)));
  }

  private static BitModel model(Graph graph) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (GraphParameter parameter : graph.parameters()) {
      tensors.add(
          parameter.role() == Role.WEIGHT
              ? Models.bits(Seeds.random(), parameter.name(), 4, parameter.shape())
              : Models.floats(Seeds.random(), parameter.name(), parameter.shape()));
    }
    return Models.model(Seeds.random(), graph, tensors);
  }

  private static List<Arguments> lies() {
    return List.of(
        arguments("graph", "\"filters\":2", "\"filters\":3", "conv1.weight [3, 1, 3, 3]"),
        arguments("graph", "\"padding\":[1,1]", "\"padding\":[0,0]", "dense1.weight [3, 8]"),
        arguments("graph", "\"units\":3", "\"units\":4", "3 classes, got one that gives 4"),
        arguments("graph", "[1,4,4]", "[1,2,8]", "must take the model's input [1, 4, 4]"),
        arguments("graph", "\"bias\":true", "\"bias\":false", "the 6 parameters of its graph"),
        arguments("graph", "\"filters\":2", "\"filters\":2147483647", "must have at most"),
        arguments("graph", "\"name\":\"conv1\"", "\"name\":\"conv\"", "must stand before it"),
        arguments("graph", "\"flatten\"]", "\"dense1\"]", "must stand before it, got dense1"),
        arguments("graph", "\"kind\":\"flatten\"", "\"kind\":\"shell\"", "kind of a node must"),
        arguments("graph", "\"groups\":1", "\"groups\":0", "groups of conv1 must be at least 1"),
        arguments("graph", "\"groups\":1", "\"groups\":1,\"x\":1", "must have no other keys"),
        arguments("graph", "{\"nodes\":", "{\"nodes\":1,\"x\":", "graph must be an array"),
        arguments("graph", "{\"nodes\":", "{\"layers\":", "graph must have nodes"),
        arguments("tensors", "norm1.gamma", "norm1.gain", "got norm1.gamma unlisted"),
        arguments("classes", "3", "2", "2 classes, got one that gives 3"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("lies")
  void graphThatDoesNotFitTheTensorsIsRefused(String key, String old, String lie, String reason)
      throws IOException {
    assertThat(metadata.get(key)).contains(old);
    metadata.put(key, metadata.get(key).replace(old, lie));
    assertRefused(reason);
  }

  @Test
  void graphMustBeAnObject() throws IOException {
    for (String text : List.of("null", "[]", "\"lenet300\"", "7")) {
      metadata.put("graph", text);
      assertRefused("graph must be an object");
    }
    metadata.put("graph", "{\"nodes\":[");
    assertRefused("JSON at offset");
  }

  @Test
  void tensorsInAnotherOrderAreRefused() throws IOException {
    List<Object> specs = new ArrayList<>((List<?>) Json.parse(metadata.get("tensors")));
    Collections.swap(specs, 1, 2);
    metadata.put("tensors", Json.print(specs));
    assertRefused("tensor 2 must be the graph's norm1.gamma [2], got norm1.beta [2]");
  }

  @Test
  void tooManyNodesAreRefusedAtOnceAndManyAreRead() throws IOException {
    List<Node> nodes = new ArrayList<>(List.of(new Input("input", List.of(2))));
    for (int i = 1; i < Graph.MAX_NODES - 1; i++) {
      nodes.add(new Relu("relu" + i, nodes.get(nodes.size() - 1).name()));
    }
    nodes.add(new Dense("dense1", nodes.get(nodes.size() - 1).name(), 2, false));
    BitModel large = model(new Graph(nodes));
    ModelFile.write(path, large);
    assertThat(ModelFile.read(path)).isEqualTo(large);

    String relu = ",{\"name\":\"r%d\",\"kind\":\"relu\",\"inputs\":[\"input\"]}";
    StringBuilder text = new StringBuilder("{\"nodes\":[{\"name\":\"input\",\"kind\":\"input\"");
    text.append(",\"shape\":[1,4,4]}");
    for (int i = 0; i < 20 * Graph.MAX_NODES; i++) {
      text.append(relu.formatted(i));
    }
    metadata.put("graph", text + "]}");
    assertRefused("graph must have 2..10000 nodes, got 200001");
  }

  @Test
  void normsAreNeverBits() throws IOException {
    tensors.remove("norm1.gamma");
    tensors.put("bits", TensorData.unsignedBytes("norm1.gamma.bits", new long[] {2}, new byte[2]));
    tensors.put("scale", TensorData.floats("norm1.gamma.scale", new long[] {1}, new float[] {1}));
    String layout = "\"kind\":\"bits\",\"depth\":2,\"mask\":\"11\"";
    metadata.put(
        "tensors",
        metadata
            .get("tensors")
            .replace("\"norm1.gamma\",\"kind\":\"float\"", "\"norm1.gamma\"," + layout));
    assertThat(metadata.get("tensors")).contains(layout);
    assertRefused("norm1.gamma must be float: only weights of layers may be bits, got bits");
  }

  @Test
  void bitsAreSavedFromAFileWhoseGraphIsDamaged() throws IOException {
    metadata.put("graph", metadata.get("graph").replace("dense1", "dense?"));
    Safetensors.write(path, metadata, List.copyOf(tensors.values()));

    assertThat(SalvagedBits.read(path).damage()).isPresent();
    assertThat(SalvagedBits.read(path).tensors())
        .extracting(tensor -> tensor.name())
        .containsExactly("conv1.weight", "dense1.weight");
  }

  @Test
  void nestedGraphIsCheckedToo() throws IOException {
    takeApart(Models.around(model(graph()), 8, Seeds.random("outer")));
    metadata.put("inner", metadata.get("inner").replace("\"filters\":2", "\"filters\":3"));
    assertRefused("tensor 1 must be the graph's conv1.weight [3, 1, 3, 3], got conv1.weight");
  }

  private void assertRefused(String reason) throws IOException {
    Safetensors.write(path, metadata, List.copyOf(tensors.values()));
    assertThatThrownBy(() -> ModelFile.read(path))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
  }
}
