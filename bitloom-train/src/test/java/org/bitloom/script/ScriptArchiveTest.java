package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.graph.Role;
import org.bitloom.testkit.ModuleFile;
import org.bitloom.testkit.PickleWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptArchiveTest {
  private static byte[] zip(String... names) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    byte[] empty = new PickleWriter().code('}').code('.').bytes();
    for (String name : names) {
      entries.put(name, empty);
    }
    return ZipBytes.write(entries);
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> ScriptArchive.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void otherFilesAreRefusedByWhatTheyAre() {
    String weights = "it is what torch.save writes: weights without a program";
    assertRefused(new byte[0], "it is empty");
    assertRefused(
        "net = Net()\n".repeat(9).getBytes(StandardCharsets.UTF_8),
        "file must be a zip archive, it is none");
    assertRefused(zip("word/document.xml"), "it is a zip archive of other things");
    assertRefused(zip("data.pkl"), "it is a zip archive of other things");
    assertRefused(zip("a/b/data.pkl"), "it is a zip archive of other things");
    assertRefused(zip("archive/data.pkl", "archive/version", "archive/data/0"), weights);
    assertRefused(new PickleWriter().code('}').code('.').bytes(), weights);
  }

  @Test
  void tensorsAreFoundUnderTheNamesOfTheStateDict() {
    ScriptArchive archive = ScriptArchive.read(ModuleFile.convolutional(5, 3).bytes());
    assertThat(archive.tensors().keySet())
        .containsExactly(
            "conv_weight",
            "gain",
            "shift",
            "running_mean",
            "running_var",
            "seen",
            "out_weight",
            "out_bias",
            "offset");
    ScriptTensor conv = archive.tensors().get("conv_weight");
    assertThat(conv.shape()).containsExactly(4, 1, 3, 3);
    assertThat(conv.strides()).containsExactly(9, 9, 3, 1);
    assertThat(conv.type()).isEqualTo("Float");
    assertThat(conv.trainable()).isTrue();
    assertThat(conv.isContiguous()).isTrue();
    assertThat(archive.tensors().get("seen"))
        .isEqualTo(new ScriptTensor("5", "Long", 0, List.of(), List.of(), false));
  }

  /** Aligned entries with their lengths behind them, submodules, classes with mangled names. */
  @Test
  void aFileThatPyTorchWroteIsReadWithTheRolesOfItsModules() throws IOException {
    byte[] file = getClass().getResourceAsStream("tiny_cnn.pt").readAllBytes();
    ScriptArchive archive = ScriptArchive.read(file);
    Map<String, Role> trained = new LinkedHashMap<>();
    archive
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (tensor.trainable()) {
                trained.put(name, archive.role(name));
              }
            });
    assertThat(trained)
        .containsExactly(
            Map.entry("conv.weight", Role.WEIGHT),
            Map.entry("bn.weight", Role.FLOAT),
            Map.entry("bn.bias", Role.FLOAT),
            Map.entry("depthwise.weight", Role.WEIGHT),
            Map.entry("depthwise.bias", Role.FLOAT),
            Map.entry("point.weight", Role.WEIGHT),
            Map.entry("point.bias", Role.FLOAT),
            Map.entry("out.weight", Role.WEIGHT),
            Map.entry("out.bias", Role.FLOAT));
    assertThat(ScriptArchive.read(archive.with(Map.of())).tensors()).isEqualTo(archive.tensors());
  }

  @Test
  void valuesAreReplacedAndTheRestStays() {
    ScriptArchive before = ScriptArchive.read(ModuleFile.convolutional(5, 3).bytes());
    byte[] seen = {9, 8, 7, 6, 5, 4, 3, 2};
    ScriptArchive after = ScriptArchive.read(before.with(Map.of("seen", seen)));
    assertThat(after.tensors()).isEqualTo(before.tensors());
    before
        .tensors()
        .keySet()
        .forEach(
            name ->
                assertThat(after.values(name))
                    .as(name)
                    .isEqualTo(name.equals("seen") ? seen : before.values(name)));
    assertThat(before.values("seen")).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({"'2,3', '3,1', 012345", "'3,2', '1,3', 031425", "'2', '0', 00", "'2,1', '4,7', 04"})
  void elementsAreReadAndWrittenWhereverTheirStridesPutThem(
      String shape, String strides, String expected) {
    ScriptTensor tensor =
        new ScriptTensor("0", "Byte", 1, integers(shape), integers(strides), false);
    byte[] storage = "x012345".getBytes(StandardCharsets.US_ASCII);
    byte[] values = tensor.read(storage);
    assertThat(new String(values, StandardCharsets.US_ASCII)).isEqualTo(expected);
    assertThat(tensor.write(storage, values)).isEqualTo(storage);
  }

  private static List<Integer> integers(String list) {
    return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
  }

  @Test
  void valuesOfAnotherLengthAreRefused() {
    ScriptTensor tensor = new ScriptTensor("0", "Float", 0, List.of(2), List.of(1), false);
    assertThatThrownBy(() -> tensor.write(new byte[8], new byte[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor of shape [2] must have 8 bytes, got 4");
  }

  @Test
  void onlyRowMajorTensorsAreContiguous() {
    assertThat(new ScriptTensor("0", "Float", 0, List.of(2, 3), List.of(1, 2), true).isContiguous())
        .isFalse();
    assertThat(new ScriptTensor("0", "Float", 0, List.of(2, 1), List.of(1, 9), true).isContiguous())
        .isTrue();
  }
}
