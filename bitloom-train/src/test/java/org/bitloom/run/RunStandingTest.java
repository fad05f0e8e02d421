package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.error.FailureException;
import org.bitloom.io.ProcessLock;
import org.bitloom.run.RunStanding.Kind;
import org.bitloom.session.ToyImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStandingTest {
  private static final String AT =
      "{\"epoch\":2,\"epochs\":5,\"batch\":30,\"batches\":100,\"loss\":0.5}";

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(300)));
  }

  private Kind kind() {
    return RunStanding.of(folder).kind();
  }

  @Test
  void aFolderThatIsNotThereHasNoRun() {
    assertThat(RunStanding.of(folder.resolve("later")).kind()).isEqualTo(Kind.ABSENT);
  }

  @Test
  void aRunInWhoseFolderAProcessWorksIsAtWork() throws IOException {
    write("config.json", "{}");
    write("progress.json", AT);
    Files.createDirectories(folder.resolve("checkpoint"));
    try (ProcessLock lock = ProcessLock.tryLock(folder.resolve("checkpoint/lock")).orElseThrow()) {
      assertThat(lock).isNotNull();
      RunStanding standing = RunStanding.of(folder);
      assertThat(standing.kind()).isEqualTo(Kind.WORKING);
      assertThat(standing.at().orElseThrow().batch()).isEqualTo(30);
    }
  }

  @Test
  void aRunThatLeftItsProgressWasKilledAndTellsWhen() throws IOException {
    write("config.json", "{}");
    write("progress.json", AT);
    Files.setLastModifiedTime(folder.resolve("progress.json"), FileTime.from(NOW));
    RunStanding standing = RunStanding.of(folder);
    assertThat(standing.kind()).isEqualTo(Kind.KILLED);
    assertThat(standing.sign()).contains(NOW);
    assertThat(standing.at()).isPresent();
  }

  @Test
  void aRunWithoutModelAndProgressWasStopped() throws IOException {
    write("config.json", "{}");
    assertThat(kind()).isEqualTo(Kind.STOPPED);
  }

  @Test
  void aRunWithAModelIsFinished() throws IOException {
    write("config.json", "{}");
    write("model.safetensors", "");
    assertThat(kind()).isEqualTo(Kind.FINISHED);
  }

  @Test
  void aLockThatCannotBeAskedForLeavesTheTimeOfTheLastWriting() throws IOException {
    write("config.json", "{}");
    write("progress.json", AT);
    write("checkpoint/lock/of-another-kind", "");
    assertThat(RunStanding.of(folder, NOW.minusSeconds(240)).kind()).isEqualTo(Kind.WORKING);
    assertThat(RunStanding.of(folder, NOW).kind()).isEqualTo(Kind.KILLED);
  }

  @Test
  void aRunIsAtWorkWhileItTrainsAndStoppedOrFinishedAfterwards() throws IOException {
    Path data = ToyImages.SMALL.write(folder.resolve("data"));
    Path run = folder.resolve("run");
    List<Kind> seen = new ArrayList<>();
    TrainingRun.start(
        ToyRun.settings(data),
        ToyRun.in(
            run,
            () -> {
              seen.add(RunStanding.of(run).kind());
              return true;
            }));
    seen.add(RunStanding.of(run).kind());
    ToyRun.resume(run);
    seen.add(RunStanding.of(run).kind());
    assertThat(seen).containsExactly(Kind.WORKING, Kind.STOPPED, Kind.FINISHED);
    assertThat(run.resolve("progress.json")).doesNotExist();
  }

  @Test
  void aRunThatAnErrorEndedTellsIt() throws IOException {
    Path data = ToyImages.SMALL.write(folder.resolve("data"));
    Path run = folder.resolve("run");
    Map<String, Object> wild = Map.of("weights", "float", "optimizer", "sgd", "schedule", "3x1e30");
    assertThatThrownBy(() -> ToyRun.start(ToyRun.settings(data, wild), run))
        .isInstanceOf(FailureException.class);
    RunStanding standing = RunStanding.of(run);
    assertThat(standing.kind()).isEqualTo(Kind.FAILED);
    assertThat(standing.error().orElseThrow()).contains("must be finite, got");
  }
}
