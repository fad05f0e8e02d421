package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains on toy images from beginning to end. */
class TrainingRunTest {
  @TempDir private static Path shared;
  private static Path data;
  private static Path reference;

  @TempDir private Path root;

  @BeforeAll
  static void trainTheStandardRun() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    reference = shared.resolve("reference");
    ToyRun.start(ToyRun.settings(data), reference);
  }

  @Test
  void aRunLearnsAndLeavesExactlyItsFourThings() throws IOException {
    assertThat(ToyRun.files(reference))
        .containsExactly(
            "checkpoint/end.json",
            "checkpoint/lock",
            "checkpoint/state.safetensors",
            "config.json",
            "metrics.jsonl",
            "model.safetensors");
    List<Map<String, Object>> metrics = ToyRun.metrics(reference);
    assertThat(metrics).hasSize(ToyRun.EPOCHS);
    assertThat(metrics).extracting(line -> line.get("epoch")).containsExactly(1L, 2L, 3L);
    assertThat(metrics)
        .extracting(line -> line.get("learningRate"))
        .containsExactly(9e-4, 9e-4, 9e-5);
    Map<String, Object> last = metrics.get(ToyRun.EPOCHS - 1);
    assertThat(last.keySet())
        .containsExactly(
            "epoch",
            "learningRate",
            "trainLoss",
            "trainAccuracy",
            "validationLoss",
            "validationAccuracy",
            "testLoss",
            "testAccuracy",
            "testPerClass",
            "testBalancedAccuracy",
            "negative",
            "zero",
            "positive",
            "flips");
    assertThat((Double) last.get("testAccuracy")).isGreaterThan(0.95);
    assertThat((Double) last.get("validationAccuracy")).isGreaterThan(0.95);
  }

  @Test
  void theModelFileMeasuresAsTheLastLineSays() throws IOException {
    Evaluation evaluation =
        Evaluation.ofModel(
            reference.resolve("model.safetensors"),
            new Evaluation.Data(Optional.empty(), Optional.empty(), DownloadProgress.NONE),
            2);
    Map<String, Object> last = ToyRun.metrics(reference).get(ToyRun.EPOCHS - 1);
    assertThat(evaluation.accuracy()).isEqualTo(last.get("testAccuracy"));
    assertThat(evaluation.loss()).isEqualTo(last.get("testLoss"));
    assertThat(evaluation.total()).isEqualTo(200);
  }

  @Test
  void theCountsOfTheLastLineAreThoseOfTheModel() throws IOException {
    BitModel model = ModelFile.read(reference.resolve("model.safetensors"));
    Map<String, Object> last = ToyRun.metrics(reference).get(ToyRun.EPOCHS - 1);
    int weights = model.tensors().stream().mapToInt(tensor -> tensor.size()).sum();
    long counted =
        (Long) last.get("negative") + (Long) last.get("zero") + (Long) last.get("positive");
    assertThat(counted).isEqualTo(weights).isEqualTo(144 * 300 + 300 * 100 + 100 * 4);
    assertThat((List<?>) last.get("flips")).hasSize(6);
    assertThat(((List<?>) last.get("flips")).subList(0, 3)).isEqualTo(List.of(0L, 0L, 0L));
  }

  @Test
  void configRecordsSettingsDataThreadsAndKernels() throws IOException {
    Map<?, ?> config = (Map<?, ?>) Json.parse(Files.readString(reference.resolve("config.json")));
    assertThat(SettingsJson.parse(config.get("settings"))).isEqualTo(ToyRun.settings(data));
    assertThat(((Map<?, ?>) config.get("settings")).get("threads")).isEqualTo(2L);
    assertThat((String) ((Map<?, ?>) config.get("data")).get("sha256")).hasSize(64);
    assertThat(config.get("kernels")).isIn("scalar", "vector");
    assertThat(((Map<?, ?>) config.get("versions")).get("engine")).isEqualTo("PyTorch 2.7.1");
    assertThat(config.get("device")).isEqualTo("cpu");
    assertThat(((Map<?, ?>) config.get("data")).get("classNames"))
        .isEqualTo(List.of("0", "1", "2", "3"));
  }

  @Test
  void modelRecordsItsClassesAndWhatItsBytesDependOn() throws IOException {
    BitModel model = ModelFile.read(reference.resolve("model.safetensors"));
    assertThat(model.classNames()).containsExactly("0", "1", "2", "3");
    assertThat(model.provenance().keySet())
        .containsSubsequence(
            "bitloom",
            "dataSha256",
            "seed",
            "kernels",
            "threads",
            "device",
            "engine",
            "djl",
            "jdk",
            "os",
            "arch");
    assertThat(model.provenance())
        .containsEntry("threads", "2")
        .containsEntry("device", "cpu")
        .containsEntry("engine", "PyTorch 2.7.1")
        .containsEntry("arch", System.getProperty("os.arch"));
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedGivesOthers() throws IOException {
    ToyRun.start(ToyRun.settings(data), root.resolve("same"));
    ToyRun.start(ToyRun.settings(data, Map.of("seed", 2L)), root.resolve("other"));
    assertThat(ToyRun.model(root.resolve("same"))).isEqualTo(ToyRun.model(reference));
    assertThat(ToyRun.metrics(root.resolve("same"))).isEqualTo(ToyRun.metrics(reference));
    assertThat(ToyRun.model(root.resolve("other"))).isNotEqualTo(ToyRun.model(reference));
  }

  @Test
  void aRunOnAnotherThreadGivesTheSameBytes() throws Exception {
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                ToyRun.start(ToyRun.settings(data), root.resolve("a"));
              } catch (IOException | RuntimeException e) {
                failure.set(e);
              }
            });
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
    assertThat(ToyRun.model(root.resolve("a"))).isEqualTo(ToyRun.model(reference));
  }

  @Test
  void otherMethodsRulesAndDepthsLearnToo() throws IOException {
    List<Map<String, Object>> variants =
        List.of(
            Map.of("weights", "float"),
            Map.of("weights", "float", "optimizer", "sgd", "schedule", "3x1e-2"),
            Map.of("optimizer", "sgd", "schedule", "3x1e-2"),
            Map.of("weights", ToyRun.weights(1, "1", "coupled")),
            Map.of("weights", ToyRun.weights(3, "111", "independent")),
            Map.of("weights", ToyRun.weights(32, "111" + "0".repeat(29), "coupled")));
    for (Map<String, Object> variant : variants) {
      Path folder = root.resolve("run" + variants.indexOf(variant));
      RunOutcome outcome = ToyRun.start(ToyRun.settings(data, variant), folder);
      assertThat(outcome.last().orElseThrow().result().test().accuracy())
          .as(variant.toString())
          .isGreaterThan(0.9);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch | 541 | batch must be at most the 540 training samples, got 541",
        "batch | 601 | batch must be at most the 540 training samples, got 601",
        "limit | 601 | limit must be at most the 600 training samples, got 601",
        "limit | 40 | batch must be at most the 36 training samples, got 50",
        "limit | 1 | validation must hold out 1 to 0 of 1 samples, 0.1 of them is 0",
        "validation | 0.9999 | validation must hold out 1 to 599 of 600 samples,"
            + " 0.9999 of them is 600",
        "validation | 1e-4 | validation must hold out 1 to 599 of 600 samples, 1.0E-4 of them is 0"
      })
  void whatTheDataCannotGiveIsRefusedBeforeAFolderIsMade(String key, String text, String message) {
    RunSettings settings = ToyRun.settings(data, Map.of(key, Json.parse(text)));
    assertThatThrownBy(() -> ToyRun.start(settings, root.resolve("a")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
    assertThat(root.resolve("a")).doesNotExist();
  }

  @Test
  void theLargestBatchAndLimitRun() throws IOException {
    Map<String, Object> largest = Map.of("batch", 600L, "limit", 600L, "validation", 0.0);
    ToyRun.start(ToyRun.settings(data, largest), root.resolve("a"));
    assertThat(ToyRun.metrics(root.resolve("a")).get(0)).doesNotContainKey("validationLoss");
  }

  @Test
  void aRunWhoseLossOverflowsStopsAndSaysWhatToDo() {
    Map<String, Object> wild = Map.of("weights", "float", "optimizer", "sgd", "schedule", "3x1e30");
    assertThatThrownBy(() -> ToyRun.start(ToyRun.settings(data, wild), root.resolve("a")))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("must be finite, got")
        .hasMessageContaining("in epoch 1, batch");
  }

  @Test
  void aRunThatDivergesAtTheEndOfAnEpochStopsAndSaysWhatToDo() {
    Map<String, Object> wild =
        Map.of("weights", "float", "optimizer", "sgd", "schedule", "3x1e30", "batch", 540L);
    assertThatThrownBy(() -> ToyRun.start(ToyRun.settings(data, wild), root.resolve("a")))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("must be finite, got")
        .hasMessageContaining("after epoch 1");
  }

  @Test
  void dataThatChangedAreRefusedOnResume() throws IOException {
    Path own = ToyImages.SMALL.write(root.resolve("data"));
    TrainingRun.start(ToyRun.settings(own), ToyRun.in(root.resolve("a"), ToyRun.after(5)));
    Path labels = own.resolve("train-labels-idx1-ubyte");
    byte[] changed = Files.readAllBytes(labels);
    changed[20] ^= 1;
    Files.write(labels, changed);
    assertThatThrownBy(() -> ToyRun.resume(root.resolve("a")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("data must be those the run began with");
  }

  @Test
  void theSameImagesInAnotherFolderGiveTheSameWeights() throws IOException {
    Path elsewhere = ToyImages.SMALL.write(root.resolve("elsewhere"));
    ToyRun.start(ToyRun.settings(elsewhere), root.resolve("a"));
    BitModel here = ModelFile.read(reference.resolve("model.safetensors"));
    BitModel there = ModelFile.read(root.resolve("a").resolve("model.safetensors"));
    assertThat(there.tensors()).isEqualTo(here.tensors());
  }
}
