package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
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
    ToyRun.start(settings(), shared.resolve("whole"));
    expected = ToyRun.model(shared.resolve("whole"));
  }

  private static RunSettings settings() {
    return ToyRun.settings(data, Map.of("schedule", EPOCHS + "x9e-4"));
  }

  @Test
  void killedTenTimesAndResumedItEndsInTheSameBytes() throws Exception {
    SplittableRandom random = Seeds.random("kills");
    Path run = folder.resolve("run");
    int kills = 0;
    while (kills < KILLS) {
      boolean begun = Files.exists(run.resolve("config.json"));
      List<String> command =
          begun ? Children.resumeCommand(run) : Children.startCommand(settings(), run);
      Process process = Children.launch(command);
      try (BufferedReader lines = Children.lines(process)) {
        assertThat(lines.readLine()).startsWith("started");
        process.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
      }
      kills++;
    }
    assertThat(Children.output(Children.resumeCommand(run))).last().isEqualTo("finished true");
    assertThat(ToyRun.model(run)).isEqualTo(expected);
    assertThat(ToyRun.metrics(run)).isEqualTo(ToyRun.metrics(shared.resolve("whole")));
    try (var files = Files.walk(run)) {
      assertThat(files.map(Path::toString).filter(name -> name.endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void bothKernelsGiveTheSameModelWhichSaysWhoseItIs() throws Exception {
    BitModel whole = ModelFile.read(shared.resolve("whole").resolve("model.safetensors"));
    for (String kernels : List.of("scalar", "vector")) {
      Path run = folder.resolve(kernels);
      String demand = "-Dbitloom.kernels=" + kernels;
      assertThat(Children.output(Children.startCommand(settings(), run, demand)))
          .last()
          .isEqualTo("finished true");
      assertThat(Files.readString(run.resolve("config.json")))
          .contains("\"kernels\":\"" + kernels + "\"");
      BitModel model = ModelFile.read(run.resolve("model.safetensors"));
      assertThat(model.tensors()).as(kernels).isEqualTo(whole.tensors());
      Map<String, String> provenance = new LinkedHashMap<>(model.provenance());
      assertThat(provenance.replace("kernels", whole.provenance().get("kernels")))
          .isEqualTo(kernels);
      assertThat(provenance).as(kernels).isEqualTo(whole.provenance());
    }
  }

  @Test
  void aFullDiskLosesNothing() throws Exception {
    Path run = folder.resolve("run");
    TrainingRun.start(settings(), ToyRun.in(run, ToyRun.after(100)));
    byte[] before = Files.readAllBytes(ToyRun.checkpoint(run));
    // no file may grow beyond 64 KiB: the next checkpoint fails half-way, as on a full disk
    List<String> starved = List.of("bash", "-c", "ulimit -f 64; exec \"$@\"", "bash");
    List<String> command = new ArrayList<>(starved);
    command.addAll(Children.resumeCommand(run));
    assertThat(Children.output(command)).last().asString().startsWith("failed: ");
    assertThat(Files.readAllBytes(ToyRun.checkpoint(run))).isEqualTo(before);
    try (var files = Files.list(run.resolve("checkpoint"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "state.safetensors");
    }
    ToyRun.resume(run);
    assertThat(ToyRun.model(run)).isEqualTo(expected);
  }

  @Test
  void twoProcessesCannotWorkInOneFolder() throws Exception {
    Path run = folder.resolve("run");
    TrainingRun.start(settings(), ToyRun.in(run, ToyRun.after(5)));
    try (RunFolder held = RunFolder.open(RunReader.open(run))) {
      assertThat(held.files().model()).doesNotExist();
      assertThat(RunReader.inUse(run)).isTrue(); // and asking does not give the lock back
      assertThat(Children.output(Children.resumeCommand(run)))
          .last()
          .asString()
          .contains("only one process");
    }
  }
}
