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
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadBits;
import org.bitloom.session.NetworkCarrier;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.Nested;
import org.bitloom.settings.Payload;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains bits from a float network, with frozen bits that hold something else than its weights. */
class FromFloatsTest {
  private static final String MODEL = "model.safetensors";

  /** Moves latents and floats by less than their last digit. */
  private static final Map<String, Object> STILL = Map.of("schedule", "1x1e-30");

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
    trained = ModelFile.read(source.resolve(MODEL));
  }

  private static Map<String, Object> noise(int depth, String mask, String rule) {
    Map<String, Object> weights = new HashMap<>(ToyRun.weights(depth, mask, rule));
    weights.put("frozenBits", "noise");
    return weights;
  }

  private static RunSettings from(Path from, Map<String, Object> weights, Map<String, Object> more)
      throws IOException {
    InitFrom init = InitFrom.of(from);
    Map<String, Object> json = new HashMap<>(more);
    json.put("weights", weights);
    json.put("initFrom", Map.of("path", init.path(), "sha256", init.sha256()));
    return ToyRun.settings(data, json);
  }

  private BitModel start(RunSettings settings, String name) throws IOException {
    ToyRun.start(settings, root.resolve(name));
    return model(name);
  }

  private BitModel model(String name) throws IOException {
    return ModelFile.read(root.resolve(name).resolve(MODEL));
  }

  private double lastAccuracy(String name) throws IOException {
    List<Map<String, Object>> lines = ToyRun.metrics(root.resolve(name));
    return (Double) lines.get(lines.size() - 1).get("testAccuracy");
  }

  @ParameterizedTest
  @CsvSource({"6, 111000, coupled", "8, 11110000, independent", "32, top3, coupled"})
  void frozenBitsAreTheNoiseOfTheSeedFromFirstToLastStep(int depth, String mask, String rule)
      throws IOException {
    BitModel model = start(from(source, noise(depth, mask, rule), Map.of()), "a");
    for (ModelTensor tensor : model.tensors()) {
      BitTensor bits = (BitTensor) tensor;
      BitLayout layout = bits.layout();
      int[] noise = new int[bits.size()];
      FrozenBits.noise(1).fill(bits.name(), layout, noise);
      assertThat(IntStream.of(bits.codes()).map(code -> code & layout.frozen()).toArray())
          .as(bits.name())
          .isEqualTo(noise);
    }
    assertThat(lastAccuracy("a")).isGreaterThan(0.9);
  }

  @Test
  void whatWasLearnedIsThereBeforeTheFirstStep() throws IOException {
    RunOutcome outcome =
        ToyRun.start(from(source, noise(8, "11110000", "coupled"), STILL), root.resolve("a"));
    assertThat(outcome.first().getAsDouble()).isGreaterThan(0.9);
  }

  @Test
  void theChoiceIsRecordedInConfigAndModel() throws IOException {
    RunSettings settings = from(source, noise(6, "111000", "coupled"), STILL);
    BitModel model = start(settings, "a");
    assertThat(RunReader.open(root.resolve("a")).settings()).isEqualTo(settings);
    assertThat(((BitWeights) settings.weights()).frozenBits()).isEqualTo(FrozenChoice.NOISE);
    assertThat(model.provenance()).containsEntry("frozenBits", "noise");
    BitModel rounded = start(from(source, ToyRun.weights(6, "111000", "coupled"), STILL), "b");
    assertThat(rounded.provenance()).doesNotContainKey("frozenBits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"coupled", "independent"})
  void aStoppedRunGoesOnToTheSameBytes(String rule) throws IOException {
    RunSettings settings = from(source, noise(16, "1110000000000000", rule), Map.of());
    ToyRun.start(settings, root.resolve("whole"));
    TrainingRun.start(settings, ToyRun.in(root.resolve("stopped"), ToyRun.after(7)));
    assertThat(ToyRun.resume(root.resolve("stopped")).resumed()).isTrue();
    Path killed = root.resolve("killed");
    TrainingRun.start(settings, ToyRun.in(killed, ToyRun.after(7)));
    Files.delete(ToyRun.checkpoint(killed));
    ToyRun.resume(killed);
    byte[] whole = ToyRun.model(root.resolve("whole"));
    assertThat(ToyRun.model(root.resolve("stopped"))).isEqualTo(whole);
    assertThat(ToyRun.model(killed)).isEqualTo(whole);
  }

  @Test
  void aPayloadTakesThePlaceOfNoiseAndTheModelDoesNotTell() throws IOException {
    Map<String, Object> weights = ToyRun.weights(16, "1110000000000000", "coupled");
    RunSettings plain = from(source, weights, Map.of());
    List<CarrierTensor> carrier =
        NetworkCarrier.of(
            "lenet300",
            List.of(1, ToyImages.SMALL.side(), ToyImages.SMALL.side()),
            ToyImages.SMALL.classes(),
            (BitWeights) plain.weights());
    PayloadBits payload = PayloadBits.of(FreeBits.noise(carrier, 77));
    RunSettings settings = plain.carrying(new Payload("file", payload.sha256()));
    TrainingRun.start(settings, with(payload, root.resolve("with"), ToyRun.NEVER));
    BitModel with = model("with");
    assertThat(PayloadBits.of(FreeBits.of(with)).sha256()).isEqualTo(payload.sha256());
    assertThat(lastAccuracy("with")).isGreaterThan(0.9);

    BitModel without = start(from(source, noise(16, "1110000000000000", "coupled"), Map.of()), "b");
    assertThat(with.provenance()).isEqualTo(without.provenance());

    Path stopped = root.resolve("stopped");
    TrainingRun.start(settings, with(payload, stopped, ToyRun.after(7)));
    ToyRun.resume(stopped);
    assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(root.resolve("with")));
  }

  private static RunContext with(PayloadBits payload, Path run, BooleanSupplier stop) {
    return new RunContext(run, false, Optional.empty(), Progress.NONE, stop, Optional.of(payload));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNestedNetworkLiesInTheLowBits(boolean rounded) throws IOException {
    ToyRun.start(
        ToyRun.settings(data, Map.of("weights", ToyRun.weights(4, "1111", "coupled"))),
        root.resolve("inner"));
    Nested inner = Nested.of(root.resolve("inner"));
    Map<String, Object> nested =
        Map.of("nested", Map.of("path", inner.path(), "sha256", inner.sha256()));
    String mask = "1111000000";
    Map<String, Object> weights =
        rounded ? ToyRun.weights(10, mask, "coupled") : noise(10, mask, "coupled");
    start(from(source, weights, nested), "outer");
    BitModel outer = model("outer");
    BitModel small = model("inner");
    for (int i = 0; i < outer.tensors().size(); i++) {
      int[] own = ((BitTensor) small.tensors().get(i)).codes();
      int[] carried = ((BitTensor) outer.tensors().get(i)).codes();
      assertThat(IntStream.of(carried).map(code -> code & 0xf).toArray()).isEqualTo(own);
    }
    assertThat(lastAccuracy("outer")).isGreaterThan(0.9);
  }

  @Test
  void singleLayersKeepTheirOwnDepthMaskAndFloats() throws IOException {
    Map<String, Object> weights = noise(6, "111000", "coupled");
    weights.put("layers", List.of("first=8:11110000", "last=float"));
    List<ModelTensor> tensors = start(from(source, weights, STILL), "a").tensors();
    assertThat(((BitTensor) tensors.get(0)).layout().mask()).isEqualTo("11110000");
    assertThat(((BitTensor) tensors.get(1)).layout().mask()).isEqualTo("111000");
    ModelTensor last = tensors.get(2);
    assertThat(last).isInstanceOf(FloatTensor.class);
    assertThat(last.weights()).isEqualTo(trained.tensors().get(2).weights());
  }

  @Test
  void aShareOfZerosIsReachedWhereFrozenBitsLeaveRoomForIt() throws IOException {
    Map<String, Object> weights = new HashMap<>(ToyRun.weights(3, "111", "coupled"));
    weights.put("zeros", 0.8);
    weights.put("frozenBits", "noise"); // without effect: nothing is frozen
    start(from(source, weights, Map.of("schedule", "cosine:3x1e-3")), "a");
    double zeros = RunReader.open(root.resolve("a")).epochs().get(2).result().weights().zeroShare();
    assertThat(zeros).isBetween(0.77, 0.83);
    assertThat(lastAccuracy("a")).isGreaterThan(0.9);
  }

  @Test
  void aShareOfZerosThatNoiseLeavesNoRoomForIsRefused() throws IOException {
    Map<String, Object> weights = noise(6, "111000", "coupled");
    weights.put("zeros", 0.8);
    RunSettings settings = from(source, weights, Map.of());
    assertThatThrownBy(() -> ToyRun.start(settings, root.resolve("a")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("zero");
    assertThat(root.resolve("a")).doesNotExist();
  }
}
