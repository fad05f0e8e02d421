package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir static Path shared;

  @TempDir Path folder;

  private static Path data;
  private static Path whole;

  @BeforeAll
  static void trainOnce() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    whole = shared.resolve("whole");
    ToyRun.start(settings(), whole);
  }

  private static RunSettings settings() {
    return ToyRun.settings(data);
  }

  @Test
  void aUsedFolderIsNotOverwritten() throws IOException {
    byte[] before = ToyRun.model(whole);
    assertThatThrownBy(() -> ToyRun.start(settings(), whole))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("in use");
    assertThat(ToyRun.model(whole)).isEqualTo(before);
  }

  @Test
  void onlyRunsAreOverwritten() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    RunContext overwriting =
        new RunContext(folder, true, Optional.empty(), Progress.NONE, () -> false);
    assertThatThrownBy(() -> TrainingRun.start(settings(), overwriting))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("only a run may be overwritten");
    assertThat(folder.resolve("thesis.txt")).hasContent("mine");
  }

  @Test
  void anEarlierRunIsOverwrittenOnDemand() throws IOException {
    ToyRun.start(ToyRun.settings(data, Map.of("schedule", "1x9e-4")), folder);
    TrainingRun.start(
        settings(), new RunContext(folder, true, Optional.empty(), Progress.NONE, () -> false));
    assertThat(ToyRun.model(folder)).isEqualTo(ToyRun.model(whole));
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefused() throws IOException {
    TrainingRun.start(settings(), ToyRun.in(folder, () -> true));
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"seed\":", "\"seed\":9"));
    assertThatThrownBy(() -> ToyRun.resume(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("settings");
  }

  @Test
  void whatKilledProcessesWereWritingIsDeleted() throws IOException {
    TrainingRun.start(settings(), ToyRun.in(folder, () -> true));
    Path model = Files.writeString(folder.resolve(".bitloom-1-0.tmp"), "half");
    Path state = Files.writeString(folder.resolve("checkpoint/.bitloom-1-1.tmp"), "half");
    ToyRun.resume(folder);
    assertThat(model).doesNotExist();
    assertThat(state).doesNotExist();
  }

  @Test
  void damagedOrAbsentSettingsAreNamed() throws IOException {
    assertThatThrownBy(() -> ToyRun.resume(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("config.json");
    for (String damaged : List.of("", "{", "[]", "{\"settings\":{}}", "{\"settings\":7}")) {
      Files.writeString(folder.resolve("config.json"), damaged);
      assertThatThrownBy(() -> ToyRun.resume(folder))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("config.json");
    }
  }
}
