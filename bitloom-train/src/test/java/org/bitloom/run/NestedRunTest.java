package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.bits.BitRange;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.Reading;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.Nested;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a network that carries another one in its low bits. */
class NestedRunTest {
  private static final String MODEL = "model.safetensors";

  @TempDir private static Path shared;
  private static Path data;
  private static Path otherData;
  private static Path inner;
  private static Path outer;

  @TempDir private Path root;

  @BeforeAll
  static void trainOneNetworkAroundAnother() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    otherData = new ToyImages(450, 150, 12, 4).write(shared.resolve("other"));
    inner = shared.resolve("inner");
    ToyRun.start(ToyRun.settings(data, Map.of("weights", bits(4, "1111"))), inner);
    outer = shared.resolve("outer");
    ToyRun.start(around(inner, Map.of("weights", bits(12, "111100000000"))), outer);
  }

  private static Map<String, Object> bits(int depth, String mask) {
    return ToyRun.weights(depth, mask, "coupled");
  }

  private static RunSettings around(Path from, Map<String, Object> replaced) throws IOException {
    Nested nested = Nested.of(from);
    Map<String, Object> json = new HashMap<>(replaced);
    json.put("nested", Map.of("path", nested.path(), "sha256", nested.sha256()));
    return ToyRun.settings(otherData, json);
  }

  private static Evaluation evaluate(Path run, Optional<BitRange> part) throws IOException {
    return Evaluation.ofModel(
        new Evaluation.Source(run.resolve(MODEL), Optional.empty(), new Reading(0, 1, part, 0)),
        new Evaluation.Data(Optional.empty(), Optional.empty(), DownloadProgress.NONE),
        2);
  }

  private static Evaluation evaluate(Path run, String part) throws IOException {
    return evaluate(run, Optional.of(BitRange.parse(part)));
  }

  @Test
  void oneFileServesTwoNetworksEachOnItsOwnData() throws IOException {
    Evaluation alone = evaluate(inner, Optional.empty());
    assertThat(evaluate(outer, "3..0")).isEqualTo(alone);
    assertThat(alone.total()).isEqualTo(200);
    assertThat(alone.accuracy()).isGreaterThan(0.9);
    Evaluation around = evaluate(outer, Optional.empty());
    Map<String, Object> last = ToyRun.metrics(outer).get(ToyRun.EPOCHS - 1);
    assertThat(around.loss()).isEqualTo(last.get("testLoss"));
    assertThat(around.total()).isEqualTo(150);
    assertThat(around.accuracy()).isGreaterThan(0.9);
    assertThat(evaluate(outer, "3..2")).isEqualTo(evaluate(inner, "3..2"));
  }

  @Test
  void theNestedNetworkComesOutToTheByte() throws IOException {
    BitModel model = ModelFile.read(outer.resolve(MODEL));
    Path again = root.resolve("again.safetensors");
    ModelFile.write(again, model.inner().orElseThrow());
    assertThat(again).hasSameBinaryContentAs(inner.resolve(MODEL));
  }

  @Test
  void frozenBitsAboveTheNestedOnesAreTheNoiseOfARunWithout() throws IOException {
    Map<String, Object> still = Map.of("weights", bits(12, "111100000000"), "schedule", "1x1e-30");
    ToyRun.start(ToyRun.settings(otherData, still), root.resolve("without"));
    ToyRun.start(around(inner, still), root.resolve("with"));
    BitModel without = ModelFile.read(root.resolve("without").resolve(MODEL));
    BitModel with = ModelFile.read(root.resolve("with").resolve(MODEL));
    BitModel nested = ModelFile.read(inner.resolve(MODEL));
    for (int layer = 0; layer < with.tensors().size(); layer++) {
      BitTensor found = (BitTensor) with.tensors().get(layer);
      for (int i = 0; i < found.size(); i++) {
        int above = ((BitTensor) without.tensors().get(layer)).code(i) & 0xff0;
        int below = ((BitTensor) nested.tensors().get(layer)).code(i);
        assertThat(found.code(i)).as("%s, weight %d", found.name(), i).isEqualTo(above | below);
      }
    }
  }

  @Test
  void aStoppedRunGoesOnWithoutTheNestedFile() throws IOException {
    Path copy = Files.copy(inner.resolve(MODEL), root.resolve("copy.safetensors"));
    RunSettings settings = around(copy, Map.of("weights", bits(12, "111100000000")));
    Path stopped = root.resolve("stopped");
    TrainingRun.start(settings, ToyRun.in(stopped, ToyRun.after(7)));
    Files.delete(copy);
    assertThat(ToyRun.resume(stopped).resumed()).isTrue();
    assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(outer));
    assertThat(ToyRun.metrics(stopped)).isEqualTo(ToyRun.metrics(outer));
    Path killed = root.resolve("killed");
    Files.createDirectories(killed);
    for (String file : List.of("config.json", "nested.safetensors")) {
      Files.copy(stopped.resolve(file), killed.resolve(file));
    }
    assertThat(ToyRun.resume(killed).resumed()).isFalse();
    assertThat(ToyRun.model(killed)).isEqualTo(ToyRun.model(outer));
  }

  @Test
  void aDamagedCopyInTheFolderIsRefused() throws IOException {
    Path stopped = root.resolve("stopped");
    TrainingRun.start(
        around(inner, Map.of("weights", bits(12, "111100000000"))),
        ToyRun.in(stopped, ToyRun.after(7)));
    Path copy = stopped.resolve("nested.safetensors");
    Files.write(copy, Files.readAllBytes(outer.resolve(MODEL)));
    assertThatThrownBy(() -> ToyRun.resume(stopped))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the network to nest, " + copy + ", must have SHA-256 ");
  }

  @Test
  void configAndModelSayWhatIsNested() throws IOException {
    String sha256 = Nested.of(inner).sha256();
    Map<?, ?> config = (Map<?, ?>) Json.parse(Files.readString(outer.resolve("config.json")));
    Object settings = config.get("settings");
    assertThat(((Map<?, ?>) settings).get("nested"))
        .isEqualTo(Map.of("path", inner.toString(), "sha256", sha256));
    assertThat(SettingsJson.parse(settings).nested())
        .contains(new Nested(inner.toString(), sha256));
    BitModel model = ModelFile.read(outer.resolve(MODEL));
    assertThat(model.provenance()).containsEntry("nestedSha256", sha256);
    assertThat(model.provenance().toString()).doesNotContain(inner.toString());
    assertThat(model.inner().orElseThrow().provenance()).containsEntry("data", data.toString());
  }

  @Test
  void residualNetworksKeepTheirOwnNorms() throws IOException {
    Map<String, Object> short1 = Map.of("network", "resnet20", "limit", 100L, "schedule", "1x1e-3");
    Map<String, Object> small = new HashMap<>(short1);
    small.put("weights", bits(3, "111"));
    ToyRun.start(ToyRun.settings(data, small), root.resolve("small"));
    small.put("weights", bits(16, "1110000000000000"));
    ToyRun.start(around(root.resolve("small"), small), root.resolve("large"));
    assertThat(evaluate(root.resolve("large"), "2..0"))
        .isEqualTo(evaluate(root.resolve("small"), Optional.empty()));
    Evaluation large = evaluate(root.resolve("large"), Optional.empty());
    assertThat(large.loss())
        .isEqualTo(ToyRun.metrics(root.resolve("large")).get(0).get("testLoss"));
  }

  private void assertRefused(Path from, Map<String, Object> replaced, String message)
      throws IOException {
    Path folder = root.resolve("refused");
    RunSettings settings = around(from, replaced);
    assertThatThrownBy(() -> ToyRun.start(settings, folder))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
    assertThat(folder).doesNotExist();
  }

  @Test
  void aNetworkThatDoesNotFitIsRefusedBeforeTheRunHasAFolder() throws IOException {
    String first = "dense1.weight";
    assertRefused(
        inner,
        Map.of("weights", bits(6, "111000")),
        "the mask of "
            + first
            + " must freeze the 4 lowest bits to nest "
            + inner
            + ", 111000 freezes 3");
    assertRefused(
        inner,
        Map.of("weights", bits(8, "10000001")),
        "the mask of "
            + first
            + " must freeze the 4 lowest bits to nest "
            + inner
            + ", 10000001 freezes 0");
    assertRefused(
        inner,
        Map.of("weights", bits(4, "1111")),
        "the mask of "
            + first
            + " must freeze the 4 lowest bits to nest "
            + inner
            + ", 1111 freezes 0");
    Map<String, Object> floatLayer = new HashMap<>(bits(12, "111100000000"));
    floatLayer.put("layers", List.of("first=float"));
    assertRefused(
        inner,
        Map.of("weights", floatLayer),
        "parameter "
            + first
            + " must be bit-wise to carry the 4 bits of "
            + inner
            + ", it is trained as floats");
    assertRefused(
        inner,
        Map.of("weights", bits(12, "111100000000"), "network", "conv2"),
        "the network to nest must have a parameter conv1.weight, " + inner + " has none");
  }

  @Test
  void aNetworkOfAnotherShapeIsRefused() throws IOException {
    Path wide = new ToyImages(100, 40, 13, 4).write(root.resolve("wide"));
    RunSettings settings =
        ToyRun.settings(wide, Map.of("schedule", "1x1e-3", "weights", bits(4, "1111")));
    ToyRun.start(settings, root.resolve("run"));
    assertRefused(
        root.resolve("run"),
        Map.of("weights", bits(12, "111100000000")),
        "parameter dense1.weight of the network to nest must have shape [300, 144], "
            + root.resolve("run")
            + " has [300, 169]");
  }

  @Test
  void whatIsNoBitWiseModelIsRefused() throws IOException {
    Path floats = root.resolve("floats");
    ToyRun.start(ToyRun.settings(data, Map.of("schedule", "1x1e-3", "weights", "float")), floats);
    assertRefused(
        floats,
        Map.of("weights", bits(12, "111100000000")),
        "the network to nest must have bits, all weights of " + floats + " are floats");
    assertThatThrownBy(() -> around(inner, Map.of("weights", "float")))
        .isInstanceOf(UsageException.class)
        .hasMessage("weights must have bits to nest a network in, got floats");
    byte[] bytes = ToyRun.model(inner);
    bytes[bytes.length - 1] ^= 1;
    Path damaged = Files.write(root.resolve("damaged.safetensors"), bytes);
    RunSettings settings = around(damaged, Map.of("weights", bits(12, "111100000000")));
    assertThatThrownBy(() -> ToyRun.start(settings, root.resolve("refused")))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageStartingWith(damaged.toString());
    Path unfinished = Files.createDirectories(root.resolve("unfinished"));
    assertThatThrownBy(() -> Nested.of(unfinished))
        .isInstanceOf(UsageException.class)
        .hasMessage("a run to nest must be finished, " + unfinished + " holds no " + MODEL);
  }

  @Test
  void theNestedNetworkMustNotLieInTheFolderThatIsOverwritten() throws IOException {
    RunSettings settings = around(inner, Map.of("weights", bits(12, "111100000000")));
    RunContext overwriting =
        new RunContext(inner, true, Optional.empty(), Progress.NONE, ToyRun.NEVER);
    assertThatThrownBy(() -> TrainingRun.start(settings, overwriting))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the network to nest must lie outside the folder of the run, got "
                + inner.resolve(MODEL).toRealPath());
  }
}
