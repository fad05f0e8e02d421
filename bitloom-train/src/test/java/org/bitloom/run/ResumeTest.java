package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops runs and goes on with them: the result must be that of a run without a stop. */
class ResumeTest {
  private static final int STEPS = ToyRun.BATCHES * ToyRun.EPOCHS;

  @TempDir private static Path shared;
  private static Path data;
  private static Path reference;

  @TempDir private Path root;

  @BeforeAll
  static void trainWithoutAStop() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    reference = shared.resolve("reference");
    ToyRun.start(ToyRun.settings(data), reference);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, ToyRun.BATCHES, ToyRun.BATCHES + 1, STEPS - 1, STEPS})
  void aStopAfterAnyStepChangesNothing(int steps) throws IOException {
    Path folder = root.resolve("a");
    RunOutcome stopped =
        TrainingRun.start(ToyRun.settings(data), ToyRun.in(folder, ToyRun.after(steps)));
    assertThat(stopped.finished()).isFalse();
    assertThat(stopped.model()).isEmpty();
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
    RunOutcome resumed = ToyRun.resume(folder);
    assertThat(resumed.finished()).isTrue();
    assertThat(resumed.resumed()).isTrue();
    assertEqualsReference(folder);
  }

  @Test
  void aRunThatStopsAfterEveryStepEndsTheSame() throws IOException {
    Path folder = root.resolve("a");
    RunOutcome outcome = TrainingRun.start(ToyRun.settings(data), ToyRun.in(folder, () -> true));
    int starts = 1;
    while (!outcome.finished()) {
      outcome = TrainingRun.resume(ToyRun.in(folder, () -> true));
      starts++;
    }
    assertThat(starts).isEqualTo(STEPS + 1);
    assertEqualsReference(folder);
  }

  @Test
  void aFinishedRunIsResumedWithoutChange() throws IOException {
    Path folder = root.resolve("a");
    ToyRun.start(ToyRun.settings(data), folder);
    byte[] checkpoint = Files.readAllBytes(ToyRun.checkpoint(folder));
    Files.delete(folder.resolve("model.safetensors"));
    Files.delete(folder.resolve("metrics.jsonl"));
    RunOutcome outcome = ToyRun.resume(folder);
    assertThat(outcome.finished()).isTrue();
    assertThat(Files.readAllBytes(ToyRun.checkpoint(folder))).isEqualTo(checkpoint);
    assertThat(outcome.last().orElseThrow().epoch()).isEqualTo(ToyRun.EPOCHS);
    assertEqualsReference(folder);
  }

  @Test
  void aRunWithoutACheckpointBeginsAgain() throws IOException {
    Path folder = root.resolve("a");
    TrainingRun.start(ToyRun.settings(data), ToyRun.in(folder, ToyRun.after(20)));
    Files.delete(ToyRun.checkpoint(folder));
    assertThat(ToyRun.resume(folder).resumed()).isFalse();
    assertEqualsReference(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "float, adam",
    "float, sgd",
    "1 1 independent, adam",
    "3 111 independent, sgd",
    "8 01010101 coupled, sgd",
    "32 10000000000000000000000000000001 coupled, adam"
  })
  void everyKindOfRunSurvivesAStop(String weights, String optimizer) throws IOException {
    String[] words = weights.split(" ", -1);
    Object json =
        words.length == 1
            ? "float"
            : ToyRun.weights(Integer.parseInt(words[0]), words[1], words[2]);
    RunSettings settings = ToyRun.settings(data, Map.of("weights", json, "optimizer", optimizer));
    Path whole = root.resolve("whole");
    Path stopped = root.resolve("stopped");
    ToyRun.start(settings, whole);
    TrainingRun.start(settings, ToyRun.in(stopped, ToyRun.after(16)));
    ToyRun.resume(stopped);
    assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(whole));
    assertThat(ToyRun.metrics(stopped)).isEqualTo(ToyRun.metrics(whole));
  }

  @ParameterizedTest
  @CsvSource({
    "float, adam, 0, false, 0.1, cosine:3x1e-3:warmup1",
    "float, sgd, 0.8, true, 5e-4, linear:3x0.1",
    "bits, sgd, 0.5, true, 1e-3, cosine:3x0.1:warmup0.5",
    "bits, adam, 0, false, 0, cosine:3x1e-3"
  })
  void aStopInTheMiddleOfADecayChangesNothing(
      String weights,
      String optimizer,
      double momentum,
      boolean nesterov,
      double weightDecay,
      String schedule)
      throws IOException {
    Object json = weights.equals("float") ? weights : ToyRun.weights(6, "111000", "coupled");
    RunSettings settings =
        ToyRun.settings(
            data,
            Map.of(
                "weights", json,
                "optimizer", optimizer,
                "momentum", momentum,
                "nesterov", nesterov,
                "weightDecay", weightDecay,
                "schedule", schedule,
                "augmentation", "crop2+flip"));
    Path whole = root.resolve("whole");
    Path stopped = root.resolve("stopped");
    ToyRun.start(settings, whole);
    TrainingRun.start(settings, ToyRun.in(stopped, ToyRun.after(16)));
    ToyRun.resume(stopped);
    assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(whole));
    assertThat(ToyRun.metrics(stopped)).isEqualTo(ToyRun.metrics(whole));
    assertThat(RunReader.open(stopped).settings()).isEqualTo(settings);
  }

  private static void assertEqualsReference(Path folder) throws IOException {
    assertThat(ToyRun.model(folder)).isEqualTo(ToyRun.model(reference));
    assertThat(ToyRun.metrics(folder)).isEqualTo(ToyRun.metrics(reference));
    assertThat(ToyRun.files(folder)).isEqualTo(ToyRun.files(reference));
  }
}
