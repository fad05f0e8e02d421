package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.LayerStatistics;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.PlaneStatistics;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the model files of earlier versions and finds in them what those versions found. */
class GoldenModelsTest {
  @TempDir private Path folder;

  private static List<String> everyModel() {
    return IntStream.rangeClosed(1, 3).mapToObj(GoldenModels::names).flatMap(List::stream).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyModel")
  void everyWeightAndBitIsWhatItWas(String name) throws IOException {
    Map<?, ?> facts = (Map<?, ?>) Json.parse(GoldenModels.facts(name));

    assertSame(ModelFile.read(GoldenModels.model(name, folder)), (Map<?, ?>) facts.get("inspect"));
  }

  private static List<String> latestModels() {
    return GoldenModels.names(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("latestModels")
  void modelOfTheLatestFormatIsWrittenToTheSameBytes(String name) throws IOException {
    Path path = GoldenModels.model(name, folder);
    Path again = folder.resolve("again.safetensors");

    ModelFile.write(again, ModelFile.read(path));

    assertThat(again).hasSameBinaryContentAs(path);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("latestModels")
  void modelOfTheLatestFormatHasItsGraphUnlessItIsAModule(String name) throws IOException {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));

    assertThat(model.graph().isPresent()).isEqualTo(!name.endsWith("module"));
    assertThat(model.classNames()).containsExactly("0", "1", "2");
    assertThat(model.provenance()).containsEntry("device", "cpu").containsEntry("threads", "1");
  }

  private static void assertSame(BitModel model, Map<?, ?> inspected) {
    assertThat(model.network()).isEqualTo(inspected.get("network"));
    assertThat(model.tensors().stream().map(GoldenModelsTest::facts).toList())
        .isEqualTo(
            ((List<?>) inspected.get("layers")).stream().map(GoldenModelsTest::facts).toList());
    assertThat(model.inner().isPresent()).isEqualTo(inspected.get("inner") != null);
    model.inner().ifPresent(inner -> assertSame(inner, (Map<?, ?>) inspected.get("inner")));
  }

  /** Returns what is known of a tensor but for its name: later versions give better names. */
  private static String facts(ModelTensor tensor) {
    LayerStatistics counted = LayerStatistics.of(tensor);
    return tensor.shape()
        + layout(tensor)
        + List.of(counted.negative(), counted.zero(), counted.positive())
        + counted.planes().stream().map(PlaneStatistics::ones).toList();
  }

  private static String layout(ModelTensor tensor) {
    return tensor instanceof BitTensor bits
        ? bits.layout().mask() + " " + (double) bits.scale()
        : "null null";
  }

  private static String facts(Object layer) {
    Map<?, ?> facts = (Map<?, ?>) layer;
    List<?> planes = (List<?>) facts.get("planes");
    Object scale = facts.get("scale");
    return facts.get("shape")
        + String.valueOf(facts.get("mask"))
        + " "
        + scale
        + Stream.of("negative", "zero", "positive").map(facts::get).toList()
        + planes.stream().map(plane -> ((Map<?, ?>) plane).get("ones")).toList();
  }
}
