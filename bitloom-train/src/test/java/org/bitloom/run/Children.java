package org.bitloom.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.io.Json;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;

/** Runs in processes of their own. */
final class Children {
  private Children() {}

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
