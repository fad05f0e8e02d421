package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.download.DownloadProgress;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trains a TorchScript module with batch norm, dropout and biases: it must keep every promise that
 * a known network keeps.
 */
class OwnModuleRunTest {
  private static final int STEPS = ToyRun.BATCHES * ToyRun.EPOCHS;

  /** Made by torch.jit.script; see the README beside it. */
  private static final Path SCRIPTED =
      Path.of(
          System.getProperty("bitloom.root"),
          "bitloom-train/src/test/resources/org/bitloom/script/tiny_cnn.pt");

  @TempDir private static Path shared;
  private static Path data;
  private static Path reference;

  @TempDir private Path root;

  @BeforeAll
  static void trainWithoutAStop() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    reference = shared.resolve("reference");
    ToyRun.start(settings(module(shared), Map.of()), reference);
  }

  private static Path module(Path folder) throws IOException {
    Files.createDirectories(folder);
    ToyImages images = ToyImages.SMALL;
    byte[] file = ModuleFile.convolutional(images.side(), images.classes()).bytes();
    return Files.write(folder.resolve("toy.pt"), file);
  }

  private static RunSettings settings(Path module, Map<String, Object> more) {
    Map<String, Object> replaced = new HashMap<>(more);
    replaced.put("network", module.toString());
    replaced.putIfAbsent("schedule", "2x3e-3,1x3e-4");
    return ToyRun.settings(data, replaced);
  }

  private static void assertEqualsReference(Path folder) throws IOException {
    assertThat(ToyRun.model(folder)).isEqualTo(ToyRun.model(reference));
    assertThat(ToyRun.metrics(folder)).isEqualTo(ToyRun.metrics(reference));
    assertThat(ToyRun.files(folder)).isEqualTo(ToyRun.files(reference));
  }

  private static Map<String, Object> lastMetrics(Path folder) throws IOException {
    List<Map<String, Object>> lines = ToyRun.metrics(folder);
    return lines.get(lines.size() - 1);
  }

  @Test
  void itLearns() throws IOException {
    assertThat((Double) lastMetrics(reference).get("testAccuracy")).isGreaterThan(0.9);
  }

  @Test
  void theRunFolderHoldsTheModule() throws IOException {
    assertThat(ToyRun.files(reference))
        .containsExactly(
            "checkpoint/end.json",
            "checkpoint/lock",
            "checkpoint/state.safetensors",
            "config.json",
            "metrics.jsonl",
            "model.safetensors",
            "network.pt");
    assertThat(reference.resolve("network.pt")).hasSameBinaryContentAs(shared.resolve("toy.pt"));
  }

  @Test
  void theModelHoldsWeightsAsBitsAndEverythingElseThatTrainingChangesAsFloats() throws IOException {
    BitModel model = ModelFile.read(reference.resolve("model.safetensors"));
    Map<Boolean, List<String>> names =
        model.tensors().stream()
            .collect(
                Collectors.partitioningBy(
                    BitTensor.class::isInstance,
                    Collectors.mapping(ModelTensor::name, Collectors.toList())));
    assertThat(names.get(true)).containsExactly("conv_weight", "out_weight");
    assertThat(names.get(false))
        .containsExactly("gain", "shift", "out_bias", "offset", "running_mean", "running_var");
    assertThat(model.network()).isEqualTo("toy.pt");
    assertThat(model.provenance()).containsEntry("network", "toy.pt").containsKey("networkSha256");
    assertThat(Files.readString(reference.resolve("config.json")))
        .contains(model.provenance().get("networkSha256"));
  }

  @Test
  void theModelFileMeasuresAsTheLastLineSays() throws IOException {
    Evaluation evaluation = evaluate(reference);
    assertThat(evaluation.accuracy()).isEqualTo(lastMetrics(reference).get("testAccuracy"));
    assertThat(evaluation.loss()).isEqualTo(lastMetrics(reference).get("testLoss"));
  }

  private static Evaluation evaluate(Path run) throws IOException {
    return Evaluation.ofModel(
        run.resolve("model.safetensors"),
        new Evaluation.Data(Optional.empty(), Optional.empty(), DownloadProgress.NONE),
        2);
  }

  @Test
  void aSecondRunGivesTheSameBytesWhereverTheModuleLies() throws IOException {
    Path again = root.resolve("again");
    ToyRun.start(settings(module(root.resolve("elsewhere")), Map.of()), again);
    assertEqualsReference(again);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, ToyRun.BATCHES, ToyRun.BATCHES + 3, STEPS - 1, STEPS})
  void aStopAfterAnyStepChangesNothingAndTheOriginalIsNotNeeded(int steps) throws IOException {
    Path module = module(root);
    Path folder = root.resolve("a");
    TrainingRun.start(settings(module, Map.of()), ToyRun.in(folder, ToyRun.after(steps)));
    Files.delete(module);
    assertThat(ToyRun.resume(folder).resumed()).isTrue();
    assertEqualsReference(folder);
  }

  @Test
  void aRunThatStopsAfterEveryStepOfAnEpochEndsTheSame() throws IOException {
    Path folder = root.resolve("a");
    TrainingRun.start(settings(module(root), Map.of()), ToyRun.in(folder, () -> true));
    for (int step = 1; step < ToyRun.BATCHES + 2; step++) {
      TrainingRun.resume(ToyRun.in(folder, () -> true));
    }
    ToyRun.resume(folder);
    assertEqualsReference(folder);
  }

  @Test
  void anotherProcessGoesOnToTheSameBytes() throws IOException, InterruptedException {
    Path folder = root.resolve("a");
    TrainingRun.start(settings(module(root), Map.of()), ToyRun.in(folder, ToyRun.after(16)));
    assertThat(Children.output(Children.resumeCommand(folder))).contains("finished true");
    assertEqualsReference(folder);
  }

  @Test
  void floatRunsAndOtherRulesSurviveAStopToo() throws IOException {
    Path module = module(root);
    Map<String, Object> layers =
        Map.of(
            "depth",
            6L,
            "mask",
            "111000",
            "rule",
            "independent",
            "drift",
            0.0,
            "layers",
            List.of("out_*=8:all"));
    for (Object weights : List.of("float", layers)) {
      RunSettings settings = settings(module, Map.of("weights", weights, "optimizer", "sgd"));
      Path whole = root.resolve("whole" + weights.hashCode());
      Path stopped = root.resolve("stopped" + weights.hashCode());
      ToyRun.start(settings, whole);
      TrainingRun.start(settings, ToyRun.in(stopped, ToyRun.after(16)));
      ToyRun.resume(stopped);
      assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(whole));
      Evaluation evaluation = evaluate(whole);
      assertThat(evaluation.loss()).isEqualTo(lastMetrics(whole).get("testLoss"));
    }
  }

  /** Weights are those that bits could be made of, also where floats are trained. */
  @Test
  void gainsAndTablesAreNoWeightsInTheCountsOfARun() throws IOException {
    int side = ToyImages.SMALL.side();
    int classes = ToyImages.SMALL.classes();
    ModuleFile normed =
        new ModuleFile(
                "a = torch.layer_norm(x, [1, " + side + ", " + side + "], self.norm.weight)",
                "return torch.linear(torch.flatten(a, 1), self.out.weight)")
            .module("norm", "torch.nn.modules.normalization.LayerNorm")
            .module("out", "torch.nn.modules.linear.Linear")
            .parameter("norm.weight", 1, side, side)
            .parameter("out.weight", classes, side * side);
    Path module = Files.write(root.resolve("normed.pt"), normed.bytes());
    for (String weights : List.of("float", "bits")) {
      Path folder = root.resolve(weights);
      Map<String, Object> more = weights.equals("float") ? Map.of("weights", weights) : Map.of();
      ToyRun.start(settings(module, more), folder);
      Map<String, Object> metrics = lastMetrics(folder);
      long counted =
          Stream.of("negative", "zero", "positive").mapToLong(k -> (Long) metrics.get(k)).sum();
      assertThat(counted).as(weights).isEqualTo((long) classes * side * side);
    }
  }

  /** What PyTorch itself has written, with submodules, a depthwise and a pointwise convolution. */
  @Test
  void aModuleFromPyTorchKeepsTheSamePromises() throws IOException {
    Path digits = new ToyImages(200, 60, 28, 10).write(root.resolve("digits"));
    RunSettings settings =
        settings(SCRIPTED, Map.of("data", digits.toString(), "schedule", "2x3e-3"));
    Path whole = root.resolve("whole");
    Path stopped = root.resolve("stopped");
    ToyRun.start(settings, whole);
    TrainingRun.start(settings, ToyRun.in(stopped, ToyRun.after(5)));
    ToyRun.resume(stopped);
    assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(whole));
    assertThat(ToyRun.metrics(stopped)).isEqualTo(ToyRun.metrics(whole));
    Evaluation evaluation = evaluate(stopped);
    assertThat(evaluation.loss()).isEqualTo(lastMetrics(whole).get("testLoss"));
    BitModel model = ModelFile.read(whole.resolve("model.safetensors"));
    assertThat(model.tensors().stream().filter(BitTensor.class::isInstance))
        .extracting(ModelTensor::name)
        .containsExactly("conv.weight", "depthwise.weight", "point.weight", "out.weight");
    assertThat(model.tensors())
        .extracting(ModelTensor::name)
        .contains("bn.weight", "depthwise.bias", "bn.running_mean", "bn.running_var");
  }
}
