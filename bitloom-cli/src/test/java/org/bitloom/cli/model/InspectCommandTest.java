package org.bitloom.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectCommandTest {
  @TempDir private Path run;
  private Path file;

  /** Weights +1, -1, +0 and -0 in three bits (sign, 2, 1), and a bias. */
  @BeforeEach
  void writeModel() throws IOException {
    file = run.resolve("model.safetensors");
    int[] codes = {0b001, 0b101, 0b000, 0b100};
    BitTensor weight = new BitTensor("w", List.of(2, 2), BitMask.parse("110").at(3), 0.5f, codes);
    FloatTensor bias = new FloatTensor("b", List.of(2), new float[] {0, 1});
    ModelFile.write(
        file,
        new BitModel(
            Architecture.opaque("lenet300"),
            new Task(List.of(1, 1, 2), Normalization.none(2), 2),
            List.of(weight, bias),
            Map.of("seed", "1")));
  }

  @Test
  void jsonHoldsLayersAndTotalsOfTheWeights() {
    Captured result = Captured.run("inspect --json " + file);
    assertThat(result.err()).isEmpty();
    Map<?, ?> object = (Map<?, ?>) Json.parse(result.out().strip());
    assertThat(object.get("weights")).isEqualTo(4L);
    assertThat(object.get("zeroShare")).isEqualTo(0.5);
    assertThat(object.get("packedBytes")).isEqualTo(2L + 4 + 8);
    Map<?, ?> layer = (Map<?, ?>) ((List<?>) object.get("layers")).get(0);
    assertThat(layer.get("name")).isEqualTo("w");
    assertThat(layer.get("shape")).isEqualTo(List.of(2L, 2L));
    assertThat(layer.get("depth")).isEqualTo(3L);
    assertThat(layer.get("mask")).isEqualTo("110");
    assertThat(layer.get("scale")).isEqualTo(0.5);
    assertThat(List.of(layer.get("negative"), layer.get("zero"), layer.get("positive")))
        .isEqualTo(List.of(1L, 2L, 1L));
    Map<?, ?> sign = (Map<?, ?>) ((List<?>) layer.get("planes")).get(2);
    assertThat(sign)
        .isEqualTo(Map.of("bit", 2L, "sign", true, "trained", true, "ones", 0.5, "entropy", 1.0));
  }

  @Test
  void theTableShowsEveryLayerAndOnRequestEveryPlane() {
    assertThat(Captured.run("inspect " + file).out())
        .contains("network lenet300, 4 weights, 50.00 % zero")
        .containsPattern("w +2x2 +3 +top2 +0\\.5000 +1 +2 +1")
        .containsPattern("b +2 +float +0 +1 +1")
        .doesNotContain("bit-planes");
    assertThat(Captured.run("inspect --by-plane " + file).out())
        .containsPattern("sign +trained +50\\.00 % +1\\.0000")
        .containsPattern("0 +frozen +50\\.00 % +1\\.0000");
  }

  @Test
  void itBeginsWithWhatTheModelIs() throws IOException {
    assertThat(Captured.run("inspect " + file).out())
        .startsWith("accuracy not known (./bitloom eval tells it), seed 1\n");
    Map<String, String> facts =
        Map.of("data", "mnist", "schedule", "1x0.0009", "seed", "1", "optimizer", "adam");
    BitModel model = ModelFile.read(file);
    Task task = new Task(List.of(1, 1, 2), Normalization.none(2), 2);
    ModelFile.write(
        file, new BitModel(Architecture.opaque("lenet300"), task, model.tensors(), facts));
    Files.writeString(run.resolve("config.json"), "{}");
    Files.writeString(
        run.resolve("metrics.jsonl"),
        "{\"epoch\":1,\"learningRate\":0.1,\"trainLoss\":0.5,\"trainAccuracy\":0.5,"
            + "\"testLoss\":0.5,\"testAccuracy\":0.9755,\"negative\":1,\"zero\":2,\"positive\":3,"
            + "\"flips\":[],\"seconds\":1.5}\n");
    assertThat(Captured.run("inspect " + file).out())
        .startsWith("accuracy 97.55 % of the test samples, mnist, 1 epoch, seed 1\n")
        .contains(", adam 1x9e-4\n");
  }

  @Test
  void theTableOfADeepNetworkWithLongNamesFitsEightyColumns() throws IOException {
    int[] codes = new int[64 * 64 * 9];
    String name = "stage2.block1.conv1.weight";
    BitTensor weight =
        new BitTensor(name, List.of(64, 64, 3, 3), BitMask.top(3).at(32), 0x1p-31f, codes);
    ModelFile.write(file, ModelFile.read(file).with(List.of(weight)));
    String out = Captured.run("inspect " + file).out();
    assertThat(out).contains(" top3 ").contains(name);
    assertThat(out.lines().filter(line -> line.length() > 80)).isEmpty();
  }

  @Test
  void graphAndClassesAreShownWhereTheyAreKnown() throws IOException {
    assertThat(Captured.run("inspect " + file).out())
        .contains("\ninput 1x1x2, 2 classes\nno graph: only its module knows what it computes\n");
    Graph graph =
        new Graph(List.of(new Input("input", List.of(2)), new Dense("dense1", "input", 2, true)));
    Task task = new Task(List.of(2), Normalization.none(2), 2, List.of("cat", "dog"));
    List<ModelTensor> tensors =
        List.of(
            new FloatTensor("dense1.weight", List.of(2, 2), new float[4]),
            new FloatTensor("dense1.bias", List.of(2), new float[2]));
    ModelFile.write(file, new BitModel(Architecture.of("own", graph), task, tensors, Map.of()));

    assertThat(Captured.run("inspect " + file).out())
        .contains("\ninput 2, 2 classes: cat, dog\ngraph of 2 nodes\n");
    Map<?, ?> object = (Map<?, ?>) Json.parse(Captured.run("inspect --json " + file).out().strip());
    assertThat(object.get("classNames")).isEqualTo(List.of("cat", "dog"));
    assertThat(object.get("graphNodes")).isEqualTo(2L);
    assertThat(object.get("inputShape")).isEqualTo(List.of(2L));
  }

  @Test
  void aNestedNetworkIsShown() throws IOException {
    BitModel model = ModelFile.read(file);
    int[] codes = {0b011, 0b100, 0b101, 0b110};
    BitTensor around = new BitTensor("w", List.of(2, 2), BitMask.parse("100").at(3), 1, codes);
    int[] low = {0b11, 0b00, 0b01, 0b10};
    BitTensor within = new BitTensor("w", List.of(2, 2), BitMask.all().at(2), 2, low);
    BitModel inner =
        new BitModel(
            Architecture.opaque("conv2"),
            new Task(List.of(1, 1, 2), Normalization.none(2), 2),
            List.of(within),
            Map.of("data", "mnist"));
    ModelFile.write(file, model.with(List.of(around)).around(inner));
    assertThat(Captured.run("inspect " + file).out())
        .contains(
            "\nnested network conv2 in the 2 lowest bits, trained on mnist"
                + " (eval --use-bits 1..0)\n");
    Map<?, ?> object = (Map<?, ?>) Json.parse(Captured.run("inspect --json " + file).out().strip());
    Map<?, ?> nested = (Map<?, ?>) object.get("inner");
    assertThat(nested.get("network")).isEqualTo("conv2");
    assertThat(((Map<?, ?>) ((List<?>) nested.get("layers")).get(0)).get("scale")).isEqualTo(2.0);
    assertThat(nested.get("inner")).isNull();
  }

  @Test
  void theFolderOfARunStandsForItsModel() {
    assertThat(Captured.run("inspect " + run).out())
        .isEqualTo(Captured.run("inspect " + file).out());
  }

  @Test
  void aDamagedModelIsRefusedWithExitCodeOne() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Captured result = Captured.run("inspect " + file);
    assertThat(result.err()).startsWith("bitloom: " + file).contains("undamaged copy");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void evaluationPrintsAccuracyCountsAndLoss() {
    FakeLibrary library = new FakeLibrary(true, null);
    assertThat(Captured.run(library, 0, "eval", run.toString(), "--json").out())
        .startsWith("{\"accuracy\":0.9781,\"correct\":9781,\"total\":10000,\"loss\":0.0712,")
        .contains("\"balancedAccuracy\":0.9781,\"testPerClass\":[0.9762,0.98]");
    assertThat(Captured.run(library, 0, "eval", file.toString()).out())
        .startsWith("accuracy  97.81 %\ncorrect   9781 of 10000\nloss      0.0712\n");
  }
}
