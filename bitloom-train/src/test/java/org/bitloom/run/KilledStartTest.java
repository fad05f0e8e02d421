package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whenever a start is killed, the folder must take the next one. */
class KilledStartTest {
  private static final ToyImages IMAGES = new ToyImages(120, 40, 6, 2);

  @TempDir private static Path shared;
  private static Path data;
  private static Path old;
  private static byte[] expected;

  @TempDir private Path root;
  private Path run;

  @BeforeAll
  static void trainOnce() throws IOException {
    data = IMAGES.write(shared.resolve("data"));
    Path module =
        Files.write(shared.resolve("toy.pt"), ModuleFile.dense(36, 2).bytes()).toAbsolutePath();
    old = shared.resolve("old");
    ToyRun.start(
        ToyRun.settings(data, Map.of("network", module.toString(), "schedule", "1x1e-3")), old);
    ToyRun.start(settings(), shared.resolve("new"));
    expected = ToyRun.model(shared.resolve("new"));
  }

  private static RunSettings settings() {
    return ToyRun.settings(data, Map.of("schedule", "1x9e-4"));
  }

  private void copyOldRun() throws IOException {
    run = root.resolve("run");
    Files.createDirectories(run.resolve("checkpoint"));
    for (String file : ToyRun.files(old)) {
      Files.copy(old.resolve(file), run.resolve(file));
    }
  }

  private RunOutcome start(boolean overwrite) throws IOException {
    return TrainingRun.start(
        settings(), new RunContext(run, overwrite, Optional.empty(), Progress.NONE, ToyRun.NEVER));
  }

  /** A folder in the place of a file stops the start where a kill might. */
  @ParameterizedTest(name = "stopped at {0}")
  @ValueSource(
      strings = {
        "config.json",
        "metrics.jsonl",
        "model.safetensors",
        "network.pt",
        "checkpoint/state.safetensors"
      })
  void anOverwriteStoppedAnywhereCanBeDoneAgain(String name) throws IOException {
    copyOldRun();
    Path file = run.resolve(name);
    Path kept = Files.move(file, root.resolve("kept"));
    Files.createFile(Files.createDirectory(file).resolve("obstacle"));
    assertThatThrownBy(() -> start(true)).isInstanceOf(IOException.class);
    Files.delete(file.resolve("obstacle"));
    Files.delete(file);
    Files.move(kept, file);
    start(true);
    assertThat(ToyRun.model(run)).isEqualTo(expected);
  }

  @Test
  void aFirstStartKilledBeforeItsSettingsIsNoRunYet() throws IOException {
    run = root.resolve("run");
    Files.createDirectories(run.resolve("checkpoint"));
    Files.createFile(run.resolve("checkpoint/lock"));
    Files.write(run.resolve("checkpoint/.bitloom-1-0.tmp"), new byte[9]);
    Files.write(run.resolve("network.pt"), new byte[9]);
    Files.write(run.resolve(".bitloom-1-1.tmp"), new byte[9]);
    assertThat(start(false).finished()).isTrue();
    assertThat(ToyRun.model(run)).isEqualTo(expected);
    assertThat(run.resolve("network.pt")).doesNotExist();
  }

  @Test
  void aKilledStartAmongFilesOfTheUsersIsLeftAlone() throws IOException {
    run = root.resolve("run");
    Files.createDirectories(run.resolve("checkpoint"));
    Files.createFile(run.resolve("checkpoint/lock"));
    Files.writeString(run.resolve("letter.txt"), "mine");
    assertThatThrownBy(() -> start(true))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("only a run may be overwritten");
  }

  @Test
  void aFileOfTheUsersWithTheNameOfACopyIsLeftAlone() throws IOException {
    run = Files.createDirectory(root.resolve("run"));
    Files.writeString(run.resolve("network.pt"), "mine");
    assertThatThrownBy(() -> start(true)).isInstanceOf(UsageException.class);
    assertThat(run.resolve("network.pt")).hasContent("mine");
  }

  @Test
  void filesOfTheUsersBesideARunDoNotKeepItFromBeingOverwritten() throws IOException {
    copyOldRun();
    Files.writeString(run.resolve("letter.txt"), "mine");
    Files.move(run.resolve("metrics.jsonl"), root.resolve("kept"));
    Files.createFile(Files.createDirectory(run.resolve("metrics.jsonl")).resolve("obstacle"));
    assertThatThrownBy(() -> start(true)).isInstanceOf(IOException.class);
    Files.delete(run.resolve("metrics.jsonl/obstacle"));
    assertThatCode(() -> start(true)).doesNotThrowAnyException();
    assertThat(run.resolve("letter.txt")).hasContent("mine");
  }
}
