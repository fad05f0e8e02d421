package org.bitloom.bench.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.Main;

/** A process of its own that trains beside others. */
final class TrainingChild implements AutoCloseable {
  static final String READY = "ready";

  private final Process process;
  private final BufferedReader answers;

  private TrainingChild(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts this program again with the same options of the virtual machine. */
  static TrainingChild start(DeviceOptions options) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Dbitloom.std")) // streams of this process alone
        .forEach(words::add);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(List.of("device", ParallelTrainings.CHILD));
    words.addAll(List.of("--device", options.device().toString()));
    words.addAll(List.of("--seconds", Double.toString(options.seconds())));
    if (options.quick()) {
      words.add("--quick");
    }
    return new TrainingChild(
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  void awaitReady() throws IOException {
    String line = answer();
    if (!line.equals(READY)) {
      throw new IOException("a training beside others must say " + READY + ", it said " + line);
    }
  }

  void go() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Waits for its end and returns its images per second. */
  double rate() throws IOException {
    return Double.parseDouble(answer());
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "a training beside others must run to its end, it failed; see its message above");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
