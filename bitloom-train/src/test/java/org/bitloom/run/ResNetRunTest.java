package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bitloom.download.DownloadProgress;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.PythonReader;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds a residual network, with norms, augmentation and layer rules, to the promises of a run. */
class ResNetRunTest {
  private static final int KILLS = 3;

  @TempDir private static Path shared;
  private static Path data;
  private static Path reference;

  @TempDir private Path root;

  @BeforeAll
  static void trainWithoutAStop() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    reference = shared.resolve("reference");
    ToyRun.start(settings(), reference);
  }

  private static RunSettings settings() {
    Map<String, Object> weights =
        Map.of(
            "depth",
            6L,
            "mask",
            "111000",
            "rule",
            "coupled",
            "drift",
            0.0,
            "layers",
            List.of("first=8:all", "last=float"));
    return ToyRun.settings(
        data,
        Map.of(
            "network", "resnet20",
            "weights", weights,
            "augmentation", "shift10+flip",
            "limit", 300L,
            "schedule", "3x1e-3"));
  }

  private static void assertEqualsReference(Path folder) throws IOException {
    assertThat(ToyRun.model(folder)).isEqualTo(ToyRun.model(reference));
    assertThat(ToyRun.metrics(folder)).isEqualTo(ToyRun.metrics(reference));
  }

  @Test
  void aSecondRunGivesTheSameBytes() throws IOException {
    Path again = root.resolve("again");
    ToyRun.start(settings(), again);
    assertEqualsReference(again);
  }

  @Test
  void stoppedInTheMiddleOfAnEpochItGoesOnToTheSameBytes() throws IOException {
    Path stopped = root.resolve("stopped");
    TrainingRun.start(settings(), ToyRun.in(stopped, ToyRun.after(8)));
    TrainingRun.resume(ToyRun.in(stopped, ToyRun.after(1)));
    assertThat(ToyRun.resume(stopped).finished()).isTrue();
    assertEqualsReference(stopped);
  }

  @Test
  void killedAndResumedItEndsInTheSameBytes() throws Exception {
    SplittableRandom random = Seeds.random("kills");
    Path run = root.resolve("killed");
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> command =
          Files.exists(run.resolve("config.json"))
              ? Children.resumeCommand(run)
              : Children.startCommand(settings(), run);
      Process process = Children.launch(command);
      try (BufferedReader lines = Children.lines(process)) {
        assertThat(lines.readLine()).startsWith("started");
        process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
      }
    }
    assertThat(Children.output(Children.resumeCommand(run))).last().isEqualTo("finished true");
    assertEqualsReference(run);
  }

  @Test
  void theModelRecordsDepthAndMaskOfEachLayerAndGivesItsAccuracyAgain() throws IOException {
    BitModel model = ModelFile.read(reference.resolve("model.safetensors"));
    List<BitTensor> bits =
        model.tensors().stream()
            .filter(BitTensor.class::isInstance)
            .map(BitTensor.class::cast)
            .toList();
    assertThat(bits.get(0).layout().mask()).isEqualTo("11111111");
    assertThat(bits.subList(1, bits.size()))
        .allMatch(tensor -> tensor.layout().mask().equals("111000"));
    assertThat(model.tensors().get(model.tensors().size() - 1)).isNotInstanceOf(BitTensor.class);
    assertThat(model.provenance()).containsEntry("augmentation", "shift10+flip");
    Evaluation again =
        Evaluation.ofModel(
            reference.resolve("model.safetensors"),
            new Evaluation.Data(Optional.empty(), Optional.empty(), DownloadProgress.NONE),
            2);
    assertThat(again.accuracy()).isEqualTo(lastMetrics().get("testAccuracy"));
    assertThat(again.loss()).isEqualTo(lastMetrics().get("testLoss"));
  }

  /** 144 + 6*16*16*9 + 5*32*32*9 + 16*32*9 + 16*32 + 5*64*64*9 + 32*64*9 + 32*64 + 64*4 weights. */
  @Test
  void signsAndZerosAreCountedOverAllWeightsFloatLayersIncluded() throws IOException {
    Map<String, Object> line = lastMetrics();
    long counted = (long) line.get("negative") + (long) line.get("zero");
    assertThat(counted + (long) line.get("positive")).isEqualTo(270_224);
  }

  private static Map<String, Object> lastMetrics() throws IOException {
    List<Map<String, Object>> lines = ToyRun.metrics(reference);
    return lines.get(lines.size() - 1);
  }

  @Test
  void thePythonReaderCountsTheSameCorrectImages() throws Exception {
    PythonReader.problem(root)
        .ifPresent(
            reason -> {
              if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
              }
              Assumptions.abort(reason);
            });
    ToyImages.SMALL.writeGzippedTestPart(root);
    double accuracy = (double) lastMetrics().get("testAccuracy");
    assertThat(accuracy).isGreaterThan(0.5).isLessThan(1);
    assertThat(PythonReader.measure(reference.resolve("model.safetensors"), root, root))
        .isEqualTo(
            String.format(
                Locale.ROOT, "accuracy %.4f (%d/200)", accuracy, Math.round(200 * accuracy)));
  }
}
