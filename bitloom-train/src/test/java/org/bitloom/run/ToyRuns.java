package org.bitloom.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bitloom.bits.BitMask;
import org.bitloom.io.Json;
import org.bitloom.run.RunSettings.BitWeights;
import org.bitloom.run.RunSettings.Weights;
import org.bitloom.run.TrainingRun.Outcome;
import org.bitloom.run.TrainingRun.Surroundings;
import org.bitloom.update.UpdateRule;

/** Short runs over {@link ToyImages}, in this process and in others. */
final class ToyRuns {
  static final Weights BITS = new BitWeights(6, BitMask.top(3), UpdateRule.COUPLED, 0.01);

  private ToyRuns() {}

  static RunSettings settings(Path data, Weights weights, int epochs) {
    return new RunSettings(
        "lenet300",
        data.toString(),
        weights,
        "adam",
        Schedule.parse(epochs + "x9e-4"),
        20,
        0.1,
        0,
        7,
        1);
  }

  static Outcome start(RunSettings settings, Path folder) throws IOException {
    return TrainingRun.start(settings, surroundings(folder, () -> false));
  }

  static Outcome resume(Path folder) throws IOException {
    return TrainingRun.resume(surroundings(folder, () -> false));
  }

  static Surroundings surroundings(Path folder, BooleanSupplier stop) {
    return new Surroundings(folder, false, Optional.empty(), Progress.NONE, stop);
  }

  static byte[] model(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve("model.safetensors"));
  }

  static Path checkpoint(Path folder) {
    return folder.resolve("checkpoint").resolve("state.safetensors");
  }

  /** Returns the lines of metrics.jsonl without the times, which differ between equal runs. */
  static List<String> metrics(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll("\"(s|updateS)econds\":[^,}]*", ""))
        .toList();
  }

  /** Returns a command that starts a run in a process of its own. */
  static List<String> startCommand(RunSettings settings, Path folder, String... jvmFlags) {
    List<String> command = javaCommand(jvmFlags);
    command.add("start");
    command.add(folder.toString());
    command.add(Json.print(SettingsJson.print(settings)));
    return command;
  }

  /** Returns a command that resumes a run in a process of its own. */
  static List<String> resumeCommand(Path folder) {
    List<String> command = javaCommand();
    command.add("resume");
    command.add(folder.toString());
    return command;
  }

  private static List<String> javaCommand(String... jvmFlags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx1g"));
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of(jvmFlags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RunProgram.class.getName());
    return command;
  }

  /** Starts a process; its standard error goes nowhere. */
  static Process launch(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Runs a process to its end and returns what it printed. */
  static List<String> output(List<String> command) throws IOException, InterruptedException {
    Process process = launch(command);
    try (BufferedReader lines = lines(process)) {
      List<String> printed = lines.lines().toList();
      process.waitFor();
      return printed;
    }
  }
}
