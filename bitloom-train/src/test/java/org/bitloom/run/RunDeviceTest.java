package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.io.ModelFile;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDeviceTest {
  private static final RunDevice CPU = new RunDevice("cpu");
  private static final RunDevice H200 = new RunDevice("gpu1 NVIDIA H200");

  @TempDir private Path root;
  private final List<String> notices = new ArrayList<>();

  @Test
  void aRunOfTheProcessorStaysThereEvenIfThereIsAGpu() {
    assertThat(CPU.choice(DeviceChoice.AUTO, () -> 8)).isEqualTo(DeviceChoice.CPU);
  }

  @Test
  void aRunOfAGpuGoesOnOnTheSameOrOnAnother() {
    assertThat(H200.choice(DeviceChoice.AUTO, () -> 2)).isEqualTo(DeviceChoice.parse("gpu1"));
    assertThat(H200.choice(DeviceChoice.AUTO, () -> 1)).isEqualTo(DeviceChoice.AUTO);
  }

  @Test
  void aRunOfAGpuIsRefusedWhereThereIsNone() {
    assertThatThrownBy(() -> H200.choice(DeviceChoice.AUTO, () -> 0))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "a run must go on on the kind of device it was on, gpu1 NVIDIA H200, the engine sees no"
                + " GPU");
  }

  @Test
  void whatTheUserSaysCounts() {
    assertThat(H200.choice(DeviceChoice.CPU, () -> 2)).isEqualTo(DeviceChoice.CPU);
  }

  @Test
  void aRunThatStaysHasTheSameRecordAndNoNotice() {
    assertThat(H200.then("gpu1 NVIDIA H200", notices::add)).isEqualTo(H200);
    assertThat(notices).isEmpty();
  }

  @Test
  void aRunThatMovesRecordsBothAndSaysThatBytesDiffer() {
    RunDevice moved = H200.then("cpu", notices::add);
    assertThat(moved.text()).isEqualTo("gpu1 NVIDIA H200, then cpu");
    assertThat(notices)
        .containsExactly(
            "the run was on gpu1 NVIDIA H200 and goes on on cpu: its bytes will differ from those"
                + " of a run that stays");
    assertThat(moved.choice(DeviceChoice.AUTO, () -> 8)).isEqualTo(DeviceChoice.CPU);
  }

  private Path stoppedOnAGpu() throws IOException {
    RunSettings settings = ToyRun.settings(new ToyImages(120, 40, 6, 2).write(root.resolve("d")));
    Path run = root.resolve("run");
    TrainingRun.start(settings, ToyRun.in(run, ToyRun.after(2)));
    Path config = run.resolve("config.json");
    String text = Files.readString(config);
    assertThat(text).contains("\"device\":\"cpu\"");
    Files.writeString(config, text.replace("\"device\":\"cpu\"", "\"device\":\"gpu0 X\""));
    return run;
  }

  private RunContext on(DeviceChoice device, Path run) {
    Progress progress =
        new Progress() {
          @Override
          public void started(RunSettings settings, Path folder, int firstEpoch) {}

          @Override
          public void batch(BatchProgress progress) {}

          @Override
          public void epoch(EpochMetrics metrics) {}

          @Override
          public void notice(String line) {
            notices.add(line);
          }
        };
    return new RunContext(
        run, false, Optional.empty(), progress, ToyRun.NEVER, Optional.empty(), device);
  }

  @Test
  void aMovedRunTellsInConfigAndModelWhereItWas() throws IOException {
    Path run = stoppedOnAGpu();
    TrainingRun.resume(on(DeviceChoice.CPU, run));
    assertThat(notices).hasSize(1).first().asString().startsWith("the run was on gpu0 X and goes");
    assertThat(RunReader.open(run).facts().device().text()).isEqualTo("gpu0 X, then cpu");
    assertThat(ModelFile.read(run.resolve("model.safetensors")).provenance())
        .containsEntry("device", "gpu0 X, then cpu");
  }
}
