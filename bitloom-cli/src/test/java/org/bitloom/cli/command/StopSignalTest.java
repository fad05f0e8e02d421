package org.bitloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bitloom.cli.Main;
import org.bitloom.run.RunContext;
import org.bitloom.run.RunOutcome;
import org.bitloom.session.Evaluation;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC}) // elsewhere a process cannot be asked to end
final class StopSignalTest {
  /** A command whose training only ends when a stop is requested. */
  static final class EndlessTraining implements Library {
    public static void main(String[] args) {
      Console console = new Console(System.out, System.err, 0);
      System.exit(Main.run(args, console, new EndlessTraining(), new StopSignal()));
    }

    @Override
    public RunOutcome start(RunSettings settings, RunContext where) {
      where.progress().started(settings, where.folder(), 1);
      while (!where.stopRequested().getAsBoolean()) {
        Thread.onSpinWait();
      }
      return new RunOutcome(false, false, Optional.empty(), Optional.empty());
    }

    @Override
    public RunSettings settings(Path folder) {
      throw new UnsupportedOperationException("nothing is resumed here");
    }

    @Override
    public RunOutcome resume(RunContext where) {
      throw new UnsupportedOperationException("nothing is resumed here");
    }

    @Override
    public Evaluation evaluate(
        Evaluation.Source source, Evaluation.Data data, int threads, DeviceChoice device) {
      throw new UnsupportedOperationException("nothing is evaluated here");
    }
  }

  @Test
  void termStopsTheRunPrintsTheResumeCommandAndExitsWith143() throws Exception {
    Process process = start("train", "--out", "no/such/run", "--data-dir", "my data");
    BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
    assertThat(err.readLine()).startsWith("training lenet300 on mnist");
    process.toHandle().destroy(); // Process.destroy would close the streams too
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out)
        .isEqualTo("stopped        ./bitloom train --resume no/such/run --data-dir 'my data'\n");
    assertThat(err.readLine()).isEqualTo("bitloom: stopping, writing a checkpoint");
    assertThat(err.readLine()).isNull();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
  }

  private static Process start(String... words) throws IOException {
    String[] command = new String[words.length + 4];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-cp";
    command[2] = System.getProperty("java.class.path");
    command[3] = EndlessTraining.class.getName();
    System.arraycopy(words, 0, command, 4, words.length);
    return new ProcessBuilder(command).start();
  }
}
