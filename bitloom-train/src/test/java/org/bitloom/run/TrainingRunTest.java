package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.run.RunSettings.FloatWeights;
import org.bitloom.run.TrainingRun.Outcome;
import org.bitloom.run.TrainingRun.Surroundings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {
  private static final int EPOCHS = 4;

  @TempDir static Path shared;

  @TempDir Path folder;

  private static Path data;
  private static Path whole;

  @BeforeAll
  static void trainOnceWithoutInterruption() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    whole = shared.resolve("whole");
    ToyRuns.start(settings(), whole);
  }

  private static RunSettings settings() {
    return ToyRuns.settings(data, ToyRuns.BITS, EPOCHS);
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    Outcome outcome = ToyRuns.start(settings(), folder);
    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.resumed()).isFalse();
    assertThat(ToyRuns.model(folder)).isEqualTo(ToyRuns.model(whole));
    assertThat(ToyRuns.metrics(folder)).isEqualTo(ToyRuns.metrics(whole));
  }

  @Test
  void itLearns() throws IOException {
    Evaluation evaluation =
        Evaluation.ofModel(
            whole.resolve("model.safetensors"), Optional.of(data.toString()), Optional.empty(), 1);
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    String last = Files.readAllLines(whole.resolve("metrics.jsonl")).get(EPOCHS - 1);
    assertThat(last).contains("\"testAccuracy\":" + Json.print(evaluation.accuracy()));
    assertThat(last).contains("\"validationAccuracy\":");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 26, 27, 28, 80, 107})
  void stoppedAfterAnyStepItGoesOnToTheSameBytes(int steps) throws IOException {
    AtomicInteger taken = new AtomicInteger();
    Outcome stopped =
        TrainingRun.start(
            settings(), ToyRuns.surroundings(folder, () -> taken.incrementAndGet() == steps));
    assertThat(stopped.finished()).isFalse();
    assertThat(stopped.model()).isEmpty();
    Outcome resumed = ToyRuns.resume(folder);
    assertThat(resumed.resumed()).isTrue();
    assertThat(ToyRuns.model(folder)).isEqualTo(ToyRuns.model(whole));
    assertThat(ToyRuns.metrics(folder)).isEqualTo(ToyRuns.metrics(whole));
  }

  @Test
  void aFloatRunStopsAndGoesOnToTheSameBytes() throws IOException {
    RunSettings floats = ToyRuns.settings(data, new FloatWeights(), 2);
    Path other = folder.resolve("other");
    ToyRuns.start(floats, other);
    AtomicInteger taken = new AtomicInteger();
    Path stopped = folder.resolve("stopped");
    TrainingRun.start(floats, ToyRuns.surroundings(stopped, () -> taken.incrementAndGet() == 30));
    ToyRuns.resume(stopped);
    assertThat(ToyRuns.model(stopped)).isEqualTo(ToyRuns.model(other));
  }

  @Test
  void resumingAFinishedRunChangesNothing() throws IOException {
    ToyRuns.start(ToyRuns.settings(data, ToyRuns.BITS, 1), folder);
    byte[] before = ToyRuns.model(folder);
    Outcome again = ToyRuns.resume(folder);
    assertThat(again.finished()).isTrue();
    assertThat(again.metrics()).containsEntry("epoch", 1L);
    assertThat(ToyRuns.model(folder)).isEqualTo(before);
  }

  @Test
  void aUsedFolderIsNotOverwritten() throws IOException {
    byte[] before = ToyRuns.model(whole);
    assertThatThrownBy(() -> ToyRuns.start(settings(), whole))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("in use");
    assertThat(ToyRuns.model(whole)).isEqualTo(before);
  }

  @Test
  void onlyRunsAreOverwritten() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    Surroundings overwriting =
        new Surroundings(folder, true, Optional.empty(), Progress.NONE, () -> false);
    assertThatThrownBy(() -> TrainingRun.start(settings(), overwriting))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("only a run may be overwritten");
    assertThat(folder.resolve("thesis.txt")).hasContent("mine");
  }

  @Test
  void anEarlierRunIsOverwrittenOnDemand() throws IOException {
    ToyRuns.start(ToyRuns.settings(data, ToyRuns.BITS, 1), folder);
    TrainingRun.start(
        settings(), new Surroundings(folder, true, Optional.empty(), Progress.NONE, () -> false));
    assertThat(ToyRuns.model(folder)).isEqualTo(ToyRuns.model(whole));
  }

  @Test
  void aBatchLargerThanTheDataIsRefusedBeforeAnythingIsWritten() {
    RunSettings s = settings();
    RunSettings large =
        new RunSettings(
            s.network(), s.data(), s.weights(), s.optimizer(), s.schedule(), 541, 0.1, 0, 7, 1);
    Path absent = folder.resolve("run");
    assertThatThrownBy(() -> ToyRuns.start(large, absent))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("540 training samples, got 541");
    assertThat(absent).doesNotExist();
  }

  @Test
  void aRunOnOtherDataIsNotResumed() throws IOException {
    Path copy = new ToyImages(600, 200, 12, 4).write(folder.resolve("data"));
    Path run = folder.resolve("run");
    TrainingRun.start(
        ToyRuns.settings(copy, ToyRuns.BITS, 2), ToyRuns.surroundings(run, () -> true));
    new ToyImages(640, 200, 12, 4).write(copy);
    assertThatThrownBy(() -> ToyRuns.resume(run)).hasMessageContaining("SHA-256");
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefused() throws IOException {
    TrainingRun.start(settings(), ToyRuns.surroundings(folder, () -> true));
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"seed\":7", "\"seed\":8"));
    assertThatThrownBy(() -> ToyRuns.resume(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("settings");
  }

  @Test
  void damagedOrAbsentSettingsAreNamed() throws IOException {
    assertThatThrownBy(() -> ToyRuns.resume(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("config.json");
    for (String damaged : List.of("", "{", "[]", "{\"settings\":{}}", "{\"settings\":7}")) {
      Files.writeString(folder.resolve("config.json"), damaged);
      assertThatThrownBy(() -> ToyRuns.resume(folder))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("config.json");
    }
  }
}
