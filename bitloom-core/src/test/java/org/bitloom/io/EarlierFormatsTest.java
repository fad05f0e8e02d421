package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of formats 1 and 2 get what they lack where the network is known, and only there. */
class EarlierFormatsTest {
  private static final List<Integer> IMAGE = List.of(1, 8, 8);

  @TempDir private Path folder;

  private static List<String> knownModels() {
    return GoldenModels.names(1).stream().filter(name -> !name.endsWith("module")).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("knownModels")
  void knownNetworkGetsItsGraphAndTheNamesInIt(String name) throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));

    Graph graph = KnownNetworks.of(model.network(), IMAGE, 3);
    assertThat(model.graph()).contains(graph);
    assertThat(model.tensors())
        .extracting(ModelTensor::name)
        .isEqualTo(graph.parameters().stream().map(GraphParameter::name).toList());
    assertThat(model.classNames()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"format2/nested", "format2/nested-twice"})
  void nestedNetworksGetThemToo(String name) throws IOException {
    Optional<BitModel> model = Optional.of(ModelFile.read(GoldenModels.model(name, folder)));

    for (; model.isPresent(); model = model.get().inner()) {
      assertThat(model.get().graph()).contains(KnownNetworks.of("lenet300", IMAGE, 3));
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"format1/module", "format2/nested-module"})
  void moduleStaysOpaque(String name) throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));

    assertThat(model.graph()).isEmpty();
    assertThat(model.tensors()).extracting(ModelTensor::name).contains("conv_weight", "gain");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"format1/plain", "format1/module", "format2/nested-twice"})
  void writtenAgainItIsOfThisFormatAndTheSameModel(String name) throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));
    Path again = folder.resolve("again.safetensors");

    ModelFile.write(again, model);

    assertThat(ModelFile.read(again)).isEqualTo(model);
    try (SafetensorsFile file = SafetensorsFile.open(again)) {
      assertThat(file.metadata()).containsEntry("formatVersion", "3");
    }
  }

  @Test
  void orderOfTheFreeBitsIsWhatItWas() throws IOException {
    Path path = GoldenModels.model("format1/payload", folder);
    byte[] beginning = new byte[8];

    FreeBits.of(ModelFile.read(path)).read(0, beginning, 0, 8);

    assertThat(beginning).isEqualTo(new byte[] {(byte) 0x89, 'B', 'l', 'P', 'a', 'y', '\r', '\n'});
  }

  private Path rewritten(Map<String, String> changes) throws IOException {
    Path path = GoldenModels.model("format1/sign", folder);
    TakenApart file = TakenApart.of(path);
    file.metadata().putAll(changes);
    file.write(path);
    return path;
  }

  @Test
  void networkThatIsNotKnownKeepsItsNames() throws IOException {
    BitModel model = ModelFile.read(rewritten(Map.of("network", "lenet5")));

    assertThat(model.graph()).isEmpty();
    assertThat(model.tensors().get(0).name()).isEqualTo("02Linear_weight");
  }

  @Test
  void networkThatOnlyHasTheNameOfAKnownOneKeepsItsNames() throws IOException {
    for (String other : List.of("conv2", "resnet20", "resnet110v2")) {
      BitModel model = ModelFile.read(rewritten(Map.of("network", other)));

      assertThat(model.graph()).isEmpty();
      assertThat(model.tensors().get(0).name()).isEqualTo("02Linear_weight");
    }
    assertThat(ModelFile.read(rewritten(Map.of("classes", "4"))).graph()).isEmpty();
  }

  @Test
  void opaqueNetworkOfThisFormatIsTakenAtItsWord() throws IOException {
    BitModel model =
        Models.model(Seeds.random(), 64, 3, ModelFile.read(rewritten(Map.of())).tensors());
    Path path = folder.resolve("opaque.safetensors");

    ModelFile.write(path, model);

    assertThat(ModelFile.read(path)).isEqualTo(model);
  }
}
