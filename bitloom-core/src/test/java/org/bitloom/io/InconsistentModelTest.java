package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes one thing of the tiny model and gives the file a right checksum again. */
class InconsistentModelTest {
  private static final String SPECS =
      """
      [{"name":"dense1.weight","kind":"bits","depth":6,"mask":"111000"},\
      {"name":"dense1.bias","kind":"float"}]""";

  @TempDir private Path folder;
  private Path path;
  private Map<String, String> metadata;
  private Map<String, TensorData> tensors;

  @BeforeEach
  void takeTheTinyModelApart() throws IOException {
    path = folder.resolve("model.safetensors");
    ModelFile.write(path, Models.tiny());
    TakenApart file = TakenApart.of(path);
    metadata = file.metadata();
    tensors = file.tensors();
  }

  private static List<Arguments> facts() {
    return List.of(
        arguments("format", "onnx", "metadata format must be bitloom, got onnx"),
        arguments("format", null, "metadata format must be bitloom, got null"),
        arguments("formatVersion", "4", "Unknown format 4, this bitloom reads at most 3"),
        arguments("formatVersion", "03", "Unknown format 03, this bitloom reads at most 3"),
        arguments("formatVersion", "1", "metadata must have the keys"),
        arguments("formatVersion", null, "Unknown format null"),
        arguments("network", "", "name of the network must not be empty"),
        arguments("network", null, "metadata must have the keys"),
        arguments("unknown", "x", "metadata must have the keys"),
        arguments("classes", "0", "classes must be an integer of 1..2147483647, got 0"),
        arguments("classes", "2.0", "classes must be an integer"),
        arguments("classes", "2147483648", "classes must be an integer"),
        arguments("classes", "two", "JSON at offset 0"),
        arguments("inputShape", "[3]", "shape of input.mean must be [3], got [2]"),
        arguments("inputShape", "[1,2]", "shape of input.mean must be [1, 2], got [2]"),
        arguments("classNames", "[]", "classNames must hold names or be left out"),
        arguments("classNames", "[\"no\"]", "class names must be 2, one for each class"),
        arguments("classNames", "[\"no\",\"no\"]", "names of the classes must differ"),
        arguments("classNames", "[\"no\",\" \"]", "name of a class must not be blank"),
        arguments("classNames", "[\"no\",\"\\n\"]", "name of a class must not be blank"),
        arguments("classNames", "[\"no\",1]", "classNames must be a String"),
        arguments("classNames", "\"no\"", "classNames must be an array"),
        arguments("inputShape", "2", "inputShape must be an array"),
        arguments("inputShape", "[\"2\"]", "inputShape must be an integer"),
        arguments("inputShape", "[4294967298]", "inputShape must be an integer"),
        arguments("normalization", "{}", "normalization must be {"),
        arguments("normalization", "{\"kind\":\"other\"}", "or {\"kind\":\"raw\"}, got"),
        arguments("normalization", "{\"kind\":\"raw\"}", "input.mean unlisted"),
        arguments("normalization", "{\"kind\":\"unit\",\"mean\":\"\"}", "normalization must be"),
        arguments("normalization", "[]", "normalization must be"),
        arguments(
            "normalization",
            "{\"kind\":\"per-channel\",\"mean\":\"input.mean\",\"deviation\":\"input.deviation\"}",
            "shape of input.deviation must be [2], got [1]"),
        arguments("normalization", "", "JSON at offset 0"),
        arguments("provenance", "[]", "provenance must be an object"),
        arguments("provenance", "{\"seed\":1}", "provenance seed must be a String"),
        arguments("provenance", "{\"a\":\"\",\"a\":\"\"}", "keys must differ"));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("facts")
  void metadataThatSaysOtherwiseIsRefused(String key, String value, String reason)
      throws IOException {
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    assertRefused(reason);
  }

  private static List<Arguments> specs() {
    return List.of(
        arguments("\"depth\":6", "\"depth\":5", "depth is 5, got 6 digits"),
        arguments("\"depth\":6", "\"depth\":0", "depth of dense1.weight must be an integer"),
        arguments("\"depth\":6", "\"depth\":33", "depth must be 1..32"),
        arguments("\"depth\":6", "\"depth\":\"6\"", "depth of dense1.weight must be an integer"),
        arguments("\"depth\":6,", "", "must have name, kind, depth and mask"),
        arguments("111000", "11100", "depth is 6, got 5 digits"),
        arguments("111000", "000000", "must train at least one bit"),
        arguments("111000", "top3", "mask of dense1.weight must be digits"),
        arguments("111000", "11100x", "mask must be topN"),
        arguments("6,\"mask\":\"111000\"", "5,\"mask\":\"11100\"", "bits outside its depth 5"),
        arguments("6,\"mask\":\"111000\"", "9,\"mask\":\"111000000\"", "must be U16 at depth 9"),
        arguments(
            "6,\"mask\":\"111000\"",
            "17,\"mask\":\"11100000011111111\"",
            "must be U32 at depth 17"),
        arguments("\"bits\"", "\"float\"", "float tensor must have name and kind"),
        arguments("\"bits\"", "\"bit\"", "kind of dense1.weight must be bits or float"),
        arguments("\"float\"", "\"float\",\"depth\":3", "float tensor must have name and kind"),
        arguments("\"dense1.bias\"", "\"bias\"", "listed in the metadata, got dense1.bias"),
        arguments("\"dense1.bias\"", "\"\"", "dense1.bias unlisted"),
        arguments("\"dense1.bias\"", "7", "name must be a String"),
        arguments(
            "}]", "},{\"name\":\"more\",\"kind\":\"float\"}]", "file must have a tensor more"),
        arguments("}]", "},{\"name\":\"dense1.bias\",\"kind\":\"float\"}]", "must differ"),
        arguments("}]", "},7]", "tensors must be an object"),
        arguments("}]", "},]", "JSON at offset"));
  }

  /** Ten million numbers, listed ten thousand times, would take 400 GB if each was read. */
  @Test
  void aTensorListedManyTimesIsRefusedBeforeAnyIsRead() throws IOException {
    String spec = "{\"name\":\"dense1.bias\",\"kind\":\"float\"}";
    metadata.put("tensors", "[" + (spec + ",").repeat(10_000) + spec + "]");
    float[] many = new float[10_000_000];
    tensors.put("dense1.bias", TensorData.floats("dense1.bias", new long[] {many.length}, many));
    assertRefused("names of the tensors must differ, got dense1.bias");
  }

  @ParameterizedTest(name = "[{index}] {2}")
  @MethodSource("specs")
  void listOfTensorsThatSaysOtherwiseIsRefused(String old, String changed, String reason)
      throws IOException {
    assertThat(metadata).containsEntry("tensors", SPECS);
    metadata.put("tensors", SPECS.replace(old, changed));
    assertRefused(reason);
  }

  private static List<TensorData> replacements() {
    long[] one = {1};
    return List.of(
        floats("dense1.weight.scale", 0),
        floats("dense1.weight.scale", -0.0f),
        floats("dense1.weight.scale", -1),
        floats("dense1.weight.scale", Float.NaN),
        floats("dense1.weight.scale", Float.POSITIVE_INFINITY),
        floats("dense1.weight.scale", 1, 1),
        floats("dense1.weight.scale"),
        TensorData.floats("dense1.weight.scale", new long[0], new float[] {1}),
        TensorData.floats("dense1.weight.scale", new long[] {1, 1}, new float[] {1}),
        TensorData.unsignedInts("dense1.weight.scale", one, new int[] {1}),
        floats("input.deviation", 0),
        floats("input.deviation", Float.NaN),
        floats("input.mean", 1, Float.NaN),
        floats("input.mean", 1),
        floats("input.mean", 1, 2, 3),
        floats("dense1.bias", 1, Float.NEGATIVE_INFINITY),
        TensorData.ints("dense1.bias", new long[] {2}, new int[2]),
        TensorData.floats("dense1.bias", new long[] {0}, new float[0]),
        TensorData.floats("dense1.bias", new long[] {0, 1L << 40}, new float[0]),
        floats("dense1.weight.bits", 1, 2, 3, 4),
        TensorData.unsignedShorts("dense1.weight.bits", new long[] {2, 2}, new short[4]),
        new TensorData("dense1.weight.bits", TensorType.I8, List.of(2L, 2L), new byte[4]),
        TensorData.unsignedBytes("dense1.weight.bits", new long[] {4}, new byte[] {0, 0, 0, 64}),
        TensorData.unsignedBytes("dense1.weight.bits", new long[] {4}, new byte[] {-1, 0, 0, 0}),
        TensorData.unsignedBytes("dense1.weight.bits", new long[] {0, 4}, new byte[0]),
        floats("unlisted", 1),
        floats("dense1.weight", 1));
  }

  private static TensorData floats(String name, float... values) {
    return TensorData.floats(name, new long[] {values.length}, values);
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("replacements")
  void tensorThatBreaksTheRulesIsRefused(TensorData tensor) throws IOException {
    tensors.put(tensor.name(), tensor);
    assertRefused(tensor.name().replaceFirst("^input.", "").replaceFirst("[.](scale|bits)$", ""));
  }

  @Test
  void everyTensorIsRequired() throws IOException {
    for (String name : List.copyOf(tensors.keySet())) {
      TensorData removed = tensors.remove(name);
      assertRefused("file must have a tensor " + name);
      tensors.put(name, removed);
    }
  }

  @Test
  void fileOfAnotherProgramIsNamedAsSuch() throws IOException {
    metadata.clear();
    metadata.put("format", "pt");
    assertRefused("metadata format must be bitloom, got pt");
  }

  private void assertRefused(String reason) throws IOException {
    Safetensors.write(path, metadata, List.copyOf(tensors.values()));
    assertThatThrownBy(() -> ModelFile.read(path))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(reason);
  }
}
