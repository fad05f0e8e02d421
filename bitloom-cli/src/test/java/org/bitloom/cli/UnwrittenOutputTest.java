package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.Output;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.session.engine.EngineFacts;
import org.bitloom.settings.RunChoices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a command says and returns when its output is not taken. */
final class UnwrittenOutputTest {
  private static final String FULL = "No space left on device";

  /** Takes some bytes and refuses all that follow. */
  private static final class Full extends OutputStream {
    private final String reason;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int room;

    Full(int room, String reason) {
      this.room = room;
      this.reason = reason;
    }

    @Override
    public void write(int value) throws IOException {
      if (room == 0) {
        throw new IOException(reason);
      }
      room--;
      taken.write(value);
    }
  }

  @TempDir private Path folder;
  private Path model;
  private Path filled;
  private Path other;

  @BeforeEach
  void makeModels() throws IOException {
    model = SmallRun.write(folder.resolve("a"));
    other = SmallRun.write(folder.resolve("b"));
    filled = folder.resolve("filled.safetensors");
    run("embed", model.toString(), model.resolve("config.json").toString(), "-o", filled);
  }

  private static Captured run(Object... words) throws IOException {
    return Captured.run(library(), 0, strings(words));
  }

  private static String[] strings(Object... words) {
    return Arrays.stream(words).map(Object::toString).toArray(String[]::new);
  }

  private static FakeLibrary library() throws IOException {
    FakeLibrary library = new FakeLibrary(true, new RunChoices(Map.of()).settings());
    EngineFacts.CudaFacts none = new EngineFacts.CudaFacts(Optional.empty(), "none", "");
    library.engine = new EngineFacts("PyTorch", "2", "0", Path.of("lib"), List.of(), none);
    return library;
  }

  /** Every command that ends without an engine, with what makes it print much and little. */
  static List<String> commands() {
    return List.of(
        "help",
        "--version",
        "train --help",
        "version --json",
        "inspect MODEL",
        "inspect --json MODEL",
        "compare MODEL OTHER",
        "compare --json MODEL OTHER",
        "capacity MODEL",
        "capacity --json MODEL",
        "embed --json MODEL CONFIG -o FOLDER/again.safetensors",
        "extract FILLED -o -",
        "extract --raw FILLED -o -",
        "extract --json FILLED -o FOLDER/out",
        "payload info FILLED",
        "scan FILLED",
        "scan --json FILLED",
        "scrub FILLED -o FOLDER/scrubbed.safetensors",
        "data list",
        "data --help");
  }

  private String[] words(String command) {
    return command
        .replace("MODEL", model.toString())
        .replace("OTHER", other.toString())
        .replace("CONFIG", model.resolve("config.json").toString())
        .replace("FILLED", filled.toString())
        .replace("FOLDER", folder.toString())
        .split(" ");
  }

  private Captured toFullStdout(Library library, OutputStream out, String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(Output.on(out), Output.on(err), 0);
    int exitCode = Main.run(words, console, library, new StopSignal());
    return new Captured(exitCode, "", err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFullStdoutFailsTheCommandAndIsTold(String command) throws IOException {
    Captured result = toFullStdout(library(), new Full(0, FULL), words(command));
    assertThat(result.err())
        .isEqualTo(
            "bitloom: stdout must take all that is written, found: No space left on device;"
                + " free some disk space or choose another place\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"train --json", "train", "eval MODEL --json", "eval MODEL", "engine --json"})
  void resultsOfTheEngineAreNoExceptions(String command) throws IOException {
    Captured result = toFullStdout(library(), new Full(0, FULL), words(command));
    assertThat(result.err()).contains("bitloom: stdout must take all that is written, found: No");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aDiskThatFillsInTheMiddleOfTheLastWordIsNoticed() throws IOException {
    int size = run("inspect", "--json", model).out().length();
    for (int room : new int[] {1, size / 2, size - 1}) {
      Captured result =
          toFullStdout(library(), new Full(room, FULL), words("inspect --json MODEL"));
      assertThat(result.exitCode()).isEqualTo(1);
    }
    assertThat(toFullStdout(library(), new Full(size, FULL), words("inspect --json MODEL")))
        .isEqualTo(new Captured(0, "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "Broken pipe, 'stdout must be read to its end, found its reader gone; let what'",
    "Bad file descriptor, 'stdout must be open, found it closed; send it somewhere'",
    "Input/output error, 'take all that is written, found: Input/output error; check where'",
    "Disk quota exceeded, 'found: Disk quota exceeded; free some disk space'"
  })
  void theReasonIsToldInPlainWords(String reason, String message) throws IOException {
    Captured result = toFullStdout(library(), new Full(0, reason), words("data list"));
    assertThat(result.err()).contains(message).hasLineCount(1);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aFullStderrFailsTheCommandWhoseResultsAreWhole() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = new Console(Output.on(out), Output.on(new Full(9, FULL)), 0);
    int exitCode = Main.run(strings("train"), console, library(), new StopSignal());
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("test accuracy  97.81 %");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void aTrainingWithoutAReaderOfItsProgressGoesOnToItsEnd() throws IOException {
    FakeLibrary library = library();
    Console console =
        new Console(
            Output.on(OutputStream.nullOutputStream()), Output.on(new Full(0, "Broken pipe")), 0);
    Main.run(strings("train"), console, library, new StopSignal());
    assertThat(library.where.stopRequested().getAsBoolean()).isFalse();
  }

  @Test
  void wrongUsageThatNobodyHearsOfIsAFailure() throws IOException {
    Console console =
        new Console(Output.on(OutputStream.nullOutputStream()), Output.on(new Full(0, FULL)), 0);
    assertThat(Main.run(strings("nonsense"), console, library(), new StopSignal())).isEqualTo(1);
  }

  @Test
  void streamsOfOtherProgramsAreAskedToo() {
    Captured all = Captured.run("data list");
    assertThat(all.exitCode()).isZero();
    PrintStream broken = new PrintStream(new Full(0, FULL), false, StandardCharsets.UTF_8);
    assertThat(Main.run(strings("data", "list"), broken, broken)).isEqualTo(1);
  }

  /** The real streams, in a JVM of their own, on a device that is full and on a closed one. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void everyCommandFailsOnAFullDevice() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<Captured>> ended = new ArrayList<>();
      for (String command : commands()) {
        ended.add(two.submit(() -> Shell.java(command, "> /dev/full", words(command))));
      }
      ended.add(two.submit(() -> Shell.java("closed", "<&- >&-", words("data list"))));
      ended.add(two.submit(() -> Shell.java("pipe", "| :", words("inspect --json MODEL"))));
      for (Future<Captured> each : ended) {
        assertThat(each.get().err()).contains("bitloom: stdout must ").hasLineCount(1);
        assertThat(each.get().exitCode()).isEqualTo(1);
      }
      assertThat(Shell.java("stderr", "2> /dev/full", "nonsense").exitCode()).isEqualTo(1);
    } finally {
      two.shutdown();
    }
  }
}
