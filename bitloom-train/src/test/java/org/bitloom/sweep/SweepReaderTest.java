package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks on while a sweep is at work, or after it was damaged. */
final class SweepReaderTest {
  @TempDir private Path folder;

  private String failed(long seed) {
    SweepRun run = SweepRun.of(ToySweep.settings(folder, Map.of("seed", seed)));
    return Json.print(new RunResult.Failed(run, "the disk is full", "make room").json()) + "\n";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void whatIsDamagedIsLeftOutAndTold() throws IOException {
    write("results.jsonl", failed(1) + "{\"run\":\n" + failed(2));
    write("sweep.json", "{\"comm");
    SweepReader read = SweepReader.open(folder);
    assertThat(read.ends()).hasSize(2);
    assertThat(read.description()).isEmpty();
    assertThat(read.remarks())
        .containsExactlyInAnyOrder(
            "sweep.json is damaged: the command is not known",
            "line 2 of results.jsonl cannot be read");
  }

  @Test
  void aSweepThatHasJustBegunHasNoEnds() throws IOException {
    write("sweep.json", "{\"command\":\"./bitloom sweep\"}");
    SweepReader read = SweepReader.open(folder);
    assertThat(read.ends()).isEmpty();
    assertThat(read.description()).containsEntry("command", "./bitloom sweep");
    assertThat(read.inUse()).isFalse();
  }

  @Test
  void foldersOfRunsAreFoundByName() throws IOException {
    write("results.jsonl", "");
    Files.createDirectories(folder.resolve("runs/b"));
    Files.createDirectories(folder.resolve("runs/empty"));
    write("runs/b/config.json", "{}");
    assertThat(SweepReader.open(folder).runs()).containsOnlyKeys("b");
  }

  @Test
  void otherFoldersAreRefused() {
    assertThatThrownBy(() -> SweepReader.open(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("must hold results.jsonl");
  }
}
