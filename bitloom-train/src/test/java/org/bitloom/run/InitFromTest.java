package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.bits.QuantizedWeights;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.io.PackedFile;
import org.bitloom.io.Safetensors;
import org.bitloom.io.TensorData;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts runs from the weights of a trained network. */
class InitFromTest {
  /** Moves latents and floats by less than their last digit. */
  private static final String STANDSTILL = "1x1e-30";

  @TempDir private static Path shared;
  private static Path data;
  private static Path source;
  private static BitModel trained;

  @TempDir private Path root;

  @BeforeAll
  static void trainAFloatNetwork() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    source = shared.resolve("source");
    ToyRun.start(ToyRun.settings(data, Map.of("weights", "float")), source);
    trained = ModelFile.read(source.resolve("model.safetensors"));
  }

  private static RunSettings settings(Path from, Map<String, Object> replaced) throws IOException {
    InitFrom init = InitFrom.of(from);
    Map<String, Object> json = new HashMap<>(replaced);
    json.put("initFrom", Map.of("path", init.path(), "sha256", init.sha256()));
    return ToyRun.settings(data, json);
  }

  private static RunSettings still(Path from, Object weights) throws IOException {
    return settings(from, Map.of("weights", weights, "schedule", STANDSTILL));
  }

  private BitModel start(RunSettings settings, String name) throws IOException {
    ToyRun.start(settings, root.resolve(name));
    return ModelFile.read(root.resolve(name).resolve("model.safetensors"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, coupled",
    "2, 11, independent",
    "4, 1111, coupled",
    "6, 111000, coupled",
    "6, 000111, independent",
    "8, 10101010, coupled",
    "32, 11100000000000000000000000000000, coupled"
  })
  void aBitwiseRunStartsFromTheQuantizedWeights(int depth, String mask, String rule)
      throws IOException {
    BitModel model = start(still(source, ToyRun.weights(depth, mask, rule)), "bits");
    assertThat(model.tensors()).hasSameSizeAs(trained.tensors());
    for (int i = 0; i < model.tensors().size(); i++) {
      BitTensor bits = (BitTensor) model.tensors().get(i);
      ModelTensor floats = trained.tensors().get(i);
      QuantizedWeights expected = QuantizedWeights.of(floats.weights(), depth);
      int[] codes = IntStream.range(0, expected.size()).map(expected::code).toArray();
      assertThat(bits.codes()).as(bits.name()).isEqualTo(codes);
      assertThat(bits.scale()).isEqualTo(expected.scale());
    }
  }

  @Test
  void aFloatRunGoesOnFromTheSameWeights() throws IOException {
    BitModel model = start(still(source, "float"), "float");
    assertThat(model.tensors()).isEqualTo(trained.tensors());
  }

  @Test
  void aPackedNetworkIsASourceToo() throws IOException {
    Path packed = root.resolve("network.packed");
    PackedFile.write(packed, trained, false);
    assertThat(start(still(packed, "float"), "float").tensors()).isEqualTo(trained.tensors());
  }

  @Test
  void aBitwiseNetworkIsASourceToo() throws IOException {
    Object weights = ToyRun.weights(4, "1111", "coupled");
    BitModel first = start(ToyRun.settings(data, Map.of("weights", weights)), "first");
    BitModel again = start(still(root.resolve("first"), weights), "again");
    BitModel floats = start(still(root.resolve("first"), "float"), "floats");
    for (int i = 0; i < first.tensors().size(); i++) {
      float[] before = first.tensors().get(i).weights();
      assertThat(again.tensors().get(i).weights()).containsExactly(before, within(1e-6f));
      assertThat(floats.tensors().get(i).weights()).containsExactly(before, within(1e-20f));
    }
  }

  @Test
  void aPlainSafetensorsFileOfOtherToolsIsASourceToo() throws IOException {
    Path plain = root.resolve("plain.safetensors");
    writePlain(plain, trained.tensors());
    assertThat(start(still(plain, "float"), "plain").tensors()).isEqualTo(trained.tensors());
  }

  private static void writePlain(Path file, List<ModelTensor> tensors) throws IOException {
    List<TensorData> arrays = new ArrayList<>();
    for (ModelTensor tensor : tensors) {
      long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
      arrays.add(TensorData.floats(tensor.name(), shape, tensor.weights()));
    }
    Safetensors.write(file, Map.of(), arrays);
  }

  @Test
  void whatWasLearnedIsThereFromTheStart() throws IOException {
    start(still(source, ToyRun.weights(4, "1111", "coupled")), "bits");
    start(
        ToyRun.settings(
            data, Map.of("weights", ToyRun.weights(4, "1111", "coupled"), "schedule", STANDSTILL)),
        "drawn");
    assertThat(accuracy("bits")).isGreaterThan(0.95);
    assertThat(accuracy("drawn")).isLessThan(0.8);
  }

  private double accuracy(String run) throws IOException {
    return (Double) ToyRun.metrics(root.resolve(run)).get(0).get("testAccuracy");
  }

  @Test
  void theFirstWeightsAreMeasuredBeforeAnyStep() throws IOException {
    List<String> lines = new ArrayList<>();
    Progress hearing = new Heard(lines);
    RunContext context =
        new RunContext(root.resolve("a"), false, Optional.empty(), hearing, ToyRun.NEVER);
    RunOutcome outcome = TrainingRun.start(still(source, "float"), context);
    double learned = (Double) ToyRun.metrics(root.resolve("a")).get(0).get("testAccuracy");
    assertThat(outcome.first()).hasValue(learned);
    assertThat(lines)
        .contains(
            String.format(
                Locale.ROOT, "before the first step: test accuracy %.2f %%", 100 * learned));
    assertThat(ToyRun.start(ToyRun.settings(data), root.resolve("drawn")).first()).isEmpty();
  }

  @Test
  void aNetworkThatGuessesBeforeTheFirstStepIsSaidTo() throws IOException {
    List<String> lines = new ArrayList<>();
    RunContext context =
        new RunContext(root.resolve("a"), false, Optional.empty(), new Heard(lines), ToyRun.NEVER);
    Path zeros = root.resolve("zeros.safetensors");
    List<ModelTensor> tensors = new ArrayList<>();
    for (ModelTensor tensor : trained.tensors()) {
      tensors.add(new FloatTensor(tensor.name(), tensor.shape(), new float[tensor.size()]));
    }
    writePlain(zeros, tensors);
    TrainingRun.start(still(zeros, "float"), context);
    assertThat(lines).anyMatch(line -> line.endsWith("is it fed what it knows? See --input"));
  }

  /** Keeps what a run tells in plain lines. */
  private record Heard(List<String> lines) implements Progress {
    @Override
    public void notice(String line) {
      lines.add(line);
    }

    @Override
    public void started(RunSettings settings, Path folder, int firstEpoch) {}

    @Override
    public void batch(BatchProgress progress) {}

    @Override
    public void epoch(EpochMetrics metrics) {}
  }

  @Test
  void configAndModelSayWhereTheWeightsCameFrom() throws IOException {
    RunSettings settings = still(source, ToyRun.weights(4, "1111", "coupled"));
    BitModel model = start(settings, "a");
    String sha256 = settings.initFrom().orElseThrow().sha256();
    Path config = root.resolve("a").resolve("config.json");
    Map<?, ?> written = (Map<?, ?>) Json.parse(Files.readString(config));
    assertThat(SettingsJson.parse(written.get("settings"))).isEqualTo(settings);
    assertThat(((Map<?, ?>) written.get("settings")).get("initFrom"))
        .isEqualTo(Map.of("path", source.toString(), "sha256", sha256));
    assertThat(model.provenance()).containsEntry("initSha256", sha256);
    assertThat(model.provenance().toString()).doesNotContain(source.toString());
    assertThat(trained.provenance()).doesNotContainKey("initSha256");
  }

  @Test
  void theSameSourceAndSeedGiveTheSameBytesAndAnotherSeedGivesOthers() throws IOException {
    Path copy = Files.copy(source.resolve("model.safetensors"), root.resolve("copy.safetensors"));
    ToyRun.start(settings(source, Map.of()), root.resolve("a"));
    ToyRun.start(settings(copy, Map.of()), root.resolve("b"));
    ToyRun.start(settings(source, Map.of("seed", 2L)), root.resolve("c"));
    assertThat(ToyRun.model(root.resolve("b"))).isEqualTo(ToyRun.model(root.resolve("a")));
    assertThat(ToyRun.model(root.resolve("c"))).isNotEqualTo(ToyRun.model(root.resolve("a")));
  }

  @Test
  void aStoppedRunGoesOnWithoutTheSource() throws IOException {
    Path copy = Files.copy(source.resolve("model.safetensors"), root.resolve("copy.safetensors"));
    RunSettings settings = settings(copy, Map.of());
    ToyRun.start(settings, root.resolve("whole"));
    TrainingRun.start(settings, ToyRun.in(root.resolve("stopped"), ToyRun.after(7)));
    Files.delete(copy);
    assertThat(ToyRun.resume(root.resolve("stopped")).resumed()).isTrue();
    assertThat(ToyRun.model(root.resolve("stopped")))
        .isEqualTo(ToyRun.model(root.resolve("whole")));
    assertThat(ToyRun.metrics(root.resolve("stopped")))
        .isEqualTo(ToyRun.metrics(root.resolve("whole")));
  }

  @Test
  void aRunKilledBeforeItsFirstCheckpointReadsTheSourceAgain() throws IOException {
    Path copy = Files.copy(source.resolve("model.safetensors"), root.resolve("copy.safetensors"));
    RunSettings settings = settings(copy, Map.of());
    ToyRun.start(settings, root.resolve("whole"));
    Path killed = root.resolve("killed");
    TrainingRun.start(settings, ToyRun.in(killed, ToyRun.after(7)));
    Files.delete(ToyRun.checkpoint(killed));
    Path away = Files.move(copy, root.resolve("away"));
    assertThatThrownBy(() -> ToyRun.resume(killed)).hasMessage(copy.toString());
    writePlain(copy, trained.tensors());
    assertThatThrownBy(() -> ToyRun.resume(killed))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the network to start from, " + copy + ", must have SHA-256 ")
        .hasMessageContaining(settings.initFrom().orElseThrow().sha256())
        .hasMessageEndingWith(", got " + InitFrom.of(copy).sha256());
    Files.delete(copy);
    Files.move(away, copy);
    assertThat(ToyRun.resume(killed).resumed()).isFalse();
    assertThat(ToyRun.model(killed)).isEqualTo(ToyRun.model(root.resolve("whole")));
  }
}
