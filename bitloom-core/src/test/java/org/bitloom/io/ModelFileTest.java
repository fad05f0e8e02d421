package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {

  @TempDir private Path folder;

  private static List<Integer> depths() {
    return java.util.stream.IntStream.rangeClosed(1, 32).boxed().toList();
  }

  @ParameterizedTest(name = "depth {0}")
  @MethodSource("depths")
  void readingGivesBackEveryBitAtEveryDepth(int depth) throws IOException {
    SplittableRandom random = Seeds.random("depth " + depth);
    List<ModelTensor> tensors =
        List.of(
            Models.bits(random, "one", depth, List.of(1, 1)),
            Models.bits(random, "prime", depth, List.of(13, 7)),
            Models.floats(random, "bias", List.of(13)),
            Models.floats(random, "scalar", List.of()),
            Models.bits(random, "filter", depth, List.of(5, 3, 3, 3)),
            Models.bits(random, "word", depth, List.of(64, 65)));
    BitModel model = Models.model(random, 7, 13, tensors);
    Path path = folder.resolve("model.safetensors");

    ModelFile.write(path, model);

    assertThat(ModelFile.read(path)).isEqualTo(model);
  }

  @Test
  void extremeBitStringsSurvive() throws IOException {
    for (int depth : new int[] {1, 7, 8, 9, 15, 16, 17, 31, 32}) {
      BitModel model = Models.dense(Seeds.random(), depth, 4, 1);
      int all = -1 >>> (32 - depth);
      var tensor = (org.bitloom.model.BitTensor) model.tensors().get(0);
      int[] codes = {0, all, 1 << (depth - 1), all >>> 1};
      var extreme =
          new org.bitloom.model.BitTensor(
              tensor.name(), tensor.shape(), tensor.layout(), Float.MIN_VALUE, codes);
      BitModel written = Models.model(Seeds.random(), 4, 1, List.of(extreme));
      Path path = folder.resolve(depth + ".safetensors");

      ModelFile.write(path, written);

      assertThat(ModelFile.read(path)).isEqualTo(written);
    }
  }

  @Test
  void tinyModelHasTheGoldenBytesOfFormatThree() throws IOException {
    Path path = folder.resolve("tiny.safetensors");

    ModelFile.write(path, Models.tiny());

    assertThat(HexDump.of(Files.readAllBytes(path))).isEqualTo(golden("tiny-v3.hex"));
  }

  @Test
  void goldenFileOfFormatThreeIsRead() throws IOException {
    Path path = folder.resolve("golden.safetensors");
    Files.write(path, HexDump.bytes(golden("tiny-v3.hex")));

    assertThat(ModelFile.read(path)).isEqualTo(Models.tiny());
  }

  @Test
  void goldenFileOfFormatOneIsRead() throws IOException {
    Path path = folder.resolve("golden.safetensors");
    Files.write(path, HexDump.bytes(golden("tiny-v1.hex")));

    assertThat(ModelFile.read(path)).isEqualTo(Models.tinyOfFormatOne());
  }

  private static String golden(String name) throws IOException {
    try (var stream = ModelFileTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    }
  }

  @Test
  void writingTwiceGivesTheSameBytes() throws IOException {
    BitModel model = Models.dense(Seeds.random(), 6, 20, 11, 3);
    Path first = folder.resolve("first.safetensors");
    Path second = folder.resolve("second.safetensors");

    ModelFile.write(first, model);
    ModelFile.write(second, ModelFile.read(first));

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void everyTensorBeginsAtAMultipleOfItsWidth() throws IOException {
    SplittableRandom random = Seeds.random();
    List<ModelTensor> tensors =
        List.of(
            Models.bits(random, "a", 3, List.of(3)),
            Models.bits(random, "b", 11, List.of(3)),
            Models.bits(random, "c", 21, List.of(3)),
            Models.floats(random, "d", List.of(3)));
    Path path = folder.resolve("model.safetensors");

    ModelFile.write(path, Models.model(random, 3, 3, tensors));

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.tensors())
          .allSatisfy(t -> assertThat(t.begin() % t.type().bytes()).isZero())
          .extracting(TensorEntry::name)
          .containsExactly(
              "input.mean",
              "input.deviation",
              "a.scale",
              "b.scale",
              "c.bits",
              "c.scale",
              "d",
              "b.bits",
              "a.bits");
    }
  }

  @Test
  void provenanceKeepsItsOrderAndAnyText() throws IOException {
    Map<String, String> facts = new java.util.LinkedHashMap<>();
    facts.put("z", "\"quoted\" \\ \n \u0000 \u2028 é 漢 😀");
    facts.put("\"sha256\":\"", "\"sha256\":\"" + "0".repeat(64) + "\"");
    facts.put("a", "");
    BitModel tiny = Models.tiny();
    BitModel model = new BitModel(tiny.architecture(), tiny.task(), tiny.tensors(), facts);
    Path path = folder.resolve("model.safetensors");

    ModelFile.write(path, model);

    assertThat(ModelFile.read(path).provenance().entrySet())
        .containsExactlyElementsOf(facts.entrySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.bits", "x.scale", "input.mean", "input.deviation", "__metadata__"})
  void namesThatCollideInTheFileAreNotWritten(String name) {
    SplittableRandom random = Seeds.random();
    List<ModelTensor> tensors =
        List.of(
            Models.bits(random, "x", 2, List.of(1)),
            new FloatTensor(name, List.of(), new float[1]));
    BitModel model = Models.model(random, 1, 1, tensors);

    assertThatThrownBy(() -> ModelFile.write(folder.resolve("model.safetensors"), model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void absentFileIsReportedAsAbsent() {
    assertThatThrownBy(() -> ModelFile.read(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static List<Normalization> waysWithoutAMeanImage() {
    return List.of(
        new Normalization.Unit(),
        new Normalization.Raw(),
        new Normalization.PerChannel(new float[] {0.5f, 0.1307f}, new float[] {0.25f, 0.3081f}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysWithoutAMeanImage")
  void everyWayToFeedANetworkIsReadAsItWasWritten(Normalization way) throws IOException {
    BitModel model = Models.fed(Models.tiny(), way);
    Path path = folder.resolve("model.safetensors");

    ModelFile.write(path, model);

    assertThat(ModelFile.read(path)).isEqualTo(model);
  }

  @Test
  void aNestedNetworkIsFedInItsOwnWay() throws IOException {
    BitModel inner = Models.fed(Models.dense(Seeds.random(), 3, 4, 2), new Normalization.Raw());
    BitModel outer = Models.around(inner, 8, Seeds.random("outer"));
    Path path = folder.resolve("model.safetensors");

    ModelFile.write(path, outer);

    BitModel read = ModelFile.read(path);
    assertThat(read).isEqualTo(outer);
    assertThat(read.inner().orElseThrow().normalization()).isEqualTo(new Normalization.Raw());
  }

  @Test
  void identityNormalizationIsAnOrdinaryOne() throws IOException {
    BitModel tiny = Models.tiny();
    BitModel model =
        new BitModel(
            Architecture.opaque("tiny"),
            new Task(List.of(1, 2), Normalization.none(2), 2),
            tiny.tensors(),
            tiny.provenance());
    Path path = folder.resolve("model.safetensors");

    ModelFile.write(path, model);

    assertThat(ModelFile.read(path)).isEqualTo(model);
  }
}
