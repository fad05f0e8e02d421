package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes of their own, killed or starved of disk. */
class KilledRunTest {
  private static final int EPOCHS = 15;
  private static final int KILLS = 10;

  @TempDir static Path shared;

  @TempDir Path folder;

  private static Path data;
  private static byte[] expected;

  @BeforeAll
  static void trainOnceWithoutInterruption() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    ToyRuns.start(settings(), shared.resolve("whole"));
    expected = ToyRuns.model(shared.resolve("whole"));
  }

  private static RunSettings settings() {
    return ToyRuns.settings(data, ToyRuns.BITS, EPOCHS);
  }

  @Test
  void killedTenTimesAndResumedItEndsInTheSameBytes() throws Exception {
    SplittableRandom random = Seeds.random("kills");
    Path run = folder.resolve("run");
    int kills = 0;
    while (kills < KILLS) {
      boolean begun = Files.exists(run.resolve("config.json"));
      List<String> command =
          begun ? ToyRuns.resumeCommand(run) : ToyRuns.startCommand(settings(), run);
      Process process = ToyRuns.launch(command);
      try (BufferedReader lines = ToyRuns.lines(process)) {
        assertThat(lines.readLine()).startsWith("started");
        process.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
      }
      kills++;
    }
    assertThat(ToyRuns.output(ToyRuns.resumeCommand(run))).last().isEqualTo("finished true");
    assertThat(ToyRuns.model(run)).isEqualTo(expected);
    assertThat(ToyRuns.metrics(run)).isEqualTo(ToyRuns.metrics(shared.resolve("whole")));
  }

  @Test
  void bothKernelsGiveTheSameBytes() throws Exception {
    for (String kernels : List.of("scalar", "vector")) {
      Path run = folder.resolve(kernels);
      String demand = "-Dbitloom.kernels=" + kernels;
      assertThat(ToyRuns.output(ToyRuns.startCommand(settings(), run, demand)))
          .last()
          .isEqualTo("finished true");
      assertThat(Files.readString(run.resolve("config.json")))
          .contains("\"kernels\":\"" + kernels + "\"");
      assertThat(ToyRuns.model(run)).as(kernels).isEqualTo(expected);
    }
  }

  @Test
  void aFullDiskLosesNothing() throws Exception {
    Path run = folder.resolve("run");
    TrainingRun.start(settings(), ToyRuns.surroundings(run, new StopAfter(100)));
    byte[] before = Files.readAllBytes(ToyRuns.checkpoint(run));
    // no file may grow beyond 64 KiB: the next checkpoint fails half-way, as on a full disk
    List<String> starved = List.of("bash", "-c", "ulimit -f 64; exec \"$@\"", "bash");
    List<String> command = new ArrayList<>(starved);
    command.addAll(ToyRuns.resumeCommand(run));
    assertThat(ToyRuns.output(command)).last().asString().startsWith("failed: ");
    assertThat(Files.readAllBytes(ToyRuns.checkpoint(run))).isEqualTo(before);
    try (var files = Files.list(run.resolve("checkpoint"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "state.safetensors");
    }
    ToyRuns.resume(run);
    assertThat(ToyRuns.model(run)).isEqualTo(expected);
  }

  @Test
  void twoProcessesCannotWorkInOneFolder() throws Exception {
    Path run = folder.resolve("run");
    TrainingRun.start(settings(), ToyRuns.surroundings(run, new StopAfter(5)));
    try (RunFolder held = RunFolder.open(run)) {
      assertThat(held.model()).doesNotExist();
      assertThat(ToyRuns.output(ToyRuns.resumeCommand(run)))
          .last()
          .asString()
          .contains("only one process");
    }
  }

  /** Asks for a stop after some steps. */
  private static final class StopAfter implements BooleanSupplier {
    private int left;

    StopAfter(int steps) {
      left = steps;
    }

    @Override
    public boolean getAsBoolean() {
      return --left == 0;
    }
  }
}
