package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.io.Sha256;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates a model on data whose classes have other names, another order, or none. */
final class ClassNamesTest {
  private static final ToyImages TOYS = new ToyImages(220, 110, 8, 11);
  private static final List<String> NUMBERS =
      IntStream.range(0, 11).mapToObj(String::valueOf).toList();

  @TempDir private static Path shared;
  private static Path model;
  private static EpochMetrics metrics;

  @TempDir private Path root;
  private final List<String> notices = new ArrayList<>();
  private Path pictures;

  @BeforeAll
  static void trainOnClassesCalledByNumbers() throws IOException {
    Path data = new ToyPictures(TOYS, NUMBERS).write(shared.resolve("data"));
    RunOutcome outcome =
        ToyRun.start(ToyRun.settings(data, Map.of("batch", 10L)), shared.resolve("run"));
    metrics = outcome.last().orElseThrow();
    model = shared.resolve("run/model.safetensors");
  }

  @BeforeEach
  void writePictures() throws IOException {
    pictures = new ToyPictures(TOYS, NUMBERS).write(root.resolve("pictures"));
  }

  private Evaluation evaluate(Path data) throws IOException {
    Evaluation.Data samples =
        new Evaluation.Data(
            Optional.of(data.toString()),
            Optional.empty(),
            ImageSettings.STRICT,
            DownloadProgress.NONE,
            notices::add);
    return Evaluation.ofModel(model, samples, 2);
  }

  private void rename(String from, String to) throws IOException {
    for (String part : List.of("train", "test")) {
      Files.move(pictures.resolve(part).resolve(from), pictures.resolve(part).resolve(to));
    }
  }

  @Test
  void theAccuracyOfEveryClassStandsInTheMetricsAndIsThatOfAnEvaluation() throws IOException {
    Evaluation evaluation = evaluate(pictures);
    assertThat(metrics.result().testPerClass()).isEqualTo(evaluation.answers().perClass());
    assertThat(metrics.result().testPerClass().shares()).hasSize(11);
    assertThat(evaluation.accuracy()).isEqualTo(metrics.result().test().accuracy());
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    String line = Files.readString(shared.resolve("run/metrics.jsonl")).lines().toList().get(2);
    assertThat(line).contains("\"testPerClass\":[", "\"testBalancedAccuracy\":");
  }

  @Test
  void aRenamedClassFolderIsRefusedAndNotEvaluatedToNothing() throws IOException {
    rename("7", "seven");
    assertThatThrownBy(() -> evaluate(pictures))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("only the model has '7', only " + pictures + " has 'seven'");
  }

  private RunOutcome startFromTheModel(Path data) throws IOException {
    RunSettings settings =
        ToyRun.settings(
            data,
            Map.of(
                "batch",
                10L,
                "schedule",
                "1x9e-5",
                "initFrom",
                Map.of("path", model.toString(), "sha256", Sha256.of(model))));
    Progress ear =
        new Progress() {
          @Override
          public void started(RunSettings unused, Path folder, int firstEpoch) {}

          @Override
          public void notice(String line) {
            notices.add(line);
          }

          @Override
          public void batch(BatchProgress progress) {}

          @Override
          public void epoch(EpochMetrics metrics) {}
        };
    return TrainingRun.start(
        settings, new RunContext(root.resolve("next"), false, Optional.empty(), ear, ToyRun.NEVER));
  }

  @Test
  void aNetworkIsTrainedFurtherOnOtherClassesAndThatIsSaid() throws IOException {
    rename("7", "seven");
    assertThat(startFromTheModel(pictures).finished()).isTrue();
    assertThat(notices)
        .contains(
            "the network to start from tells other classes apart: only it has '7', only "
                + pictures
                + " has 'seven'");
  }

  @Test
  void aClassMoreIsRefusedByItsName() throws IOException {
    for (String part : List.of("train", "test")) {
      Path folder = Files.createDirectory(pictures.resolve(part).resolve("eleven"));
      Files.copy(pictures.resolve(part).resolve("0/0.png"), folder.resolve("0.png"));
    }
    assertThatThrownBy(() -> evaluate(pictures))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("and 11 classes, " + pictures + " has [1, 8, 8] and 12")
        .hasMessageEndingWith("only " + pictures + " has 'eleven'");
  }

  @Test
  void numbersThatSortAsWordsAreTheSameClassesAsNumbersInFiles() throws IOException {
    Evaluation inFolders = evaluate(pictures);
    notices.clear();
    Evaluation inFiles = evaluate(TOYS.write(root.resolve("idx")));
    assertThat(inFiles.answers()).isEqualTo(inFolders.answers());
    assertThat(notices).singleElement().asString().contains("another order");
  }
}
