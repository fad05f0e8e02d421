package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "-h",
        "help",
        "help train",
        "train --help",
        "eval -h",
        "inspect --help",
        "compare --help",
        "data --help",
        "data list --help",
        "data verify -h",
        "data fetch --help",
        "capacity --help",
        "embed --help",
        "extract --help",
        "payload --help",
        "payload info -h",
        "scan --help",
        "scrub --help",
        "engine --help",
        "version --help"
      })
  void helpGoesToStdoutAndSucceeds(String commandLine) {
    Captured result = Captured.run(commandLine);
    assertThat(result.out()).startsWith("Usage: bitloom");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theHelpOfTrainNamesEveryOptionOfTheContract() {
    assertThat(Captured.run("train --help").out())
        .contains("--net", "--data=", "--data-dir", "--bits", "--mask", "--float", "--rule")
        .contains("--drift", "--optimizer", "--lr", "--schedule", "--epochs", "--batch")
        .contains("--validation", "--seed", "--threads", "--limit", "--out", "--overwrite")
        .contains(
            "--init-from", "--nested", "--resume", "--quiet", "--json", "--debug", "--device");
  }

  @Test
  void theHelpOfEvalAndInspectNamesTheirOptions() {
    assertThat(Captured.run("eval --help").out())
        .contains("--net", "--data=", "--data-dir", "--use-bits", "--drop-low", "--flip-noise")
        .contains("--seed", "--threads", "--json", "--device");
    assertThat(Captured.run("inspect --help").out()).contains("--planes", "--layer", "--json");
  }

  @Test
  void versionNamesBitloomAndJava() {
    for (String line : List.of("version", "--version")) {
      Captured result = Captured.run(line);
      assertThat(result.out()).startsWith("bitloom ").contains("Java " + Runtime.version());
      assertThat(result.exitCode()).isZero();
    }
    assertThat(Captured.run("version --json").out()).startsWith("{\"bitloom\":");
  }

  @Test
  void theEngineIsNotLoadedForHelpAndUsageErrors() throws Exception {
    assertThat(loadedClasses("train", "--help")).doesNotContain(" ai.djl.");
    assertThat(loadedClasses("train", "--data", "cifar"))
        .doesNotContain(" ai.djl.engine.", " ai.djl.pytorch.", " ai.djl.ndarray.");
  }

  private static String loadedClasses(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-verbose:class");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(log).contains(" org.bitloom.cli.Main ");
    return log;
  }
}
