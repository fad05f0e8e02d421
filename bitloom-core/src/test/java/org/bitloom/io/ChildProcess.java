package org.bitloom.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process of its own that works on files of a test: WORD FILE. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private ChildProcess(String word, Path file) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ChildProcess.class.getName(), word, file.toString()));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Asks another process whether it can take a lock now. */
  static boolean canLock(Path file) throws IOException {
    try (ChildProcess child = new ChildProcess("try", file)) {
      return child.answers.readLine().equals("taken");
    }
  }

  /** Starts a process that holds a lock until it is killed. */
  static ChildProcess holding(Path file) throws IOException {
    return started("hold", file);
  }

  /** Starts a process that has written half of a file when it is killed. */
  static ChildProcess writing(Path file) throws IOException {
    return started("write", file);
  }

  private static ChildProcess started(String word, Path file) throws IOException {
    ChildProcess child = new ChildProcess(word, file);
    String answer = child.answers.readLine();
    if (!"ready".equals(answer)) {
      child.close();
      throw new IOException("the other process must be ready, it answered " + answer);
    }
    return child;
  }

  /** Kills the process, if it still lives, and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] words) throws IOException {
    Path file = Path.of(words[1]);
    switch (words[0]) {
      case "try" -> say(ProcessLock.tryLock(file).isPresent() ? "taken" : "refused");
      case "hold" -> {
        Optional<ProcessLock> lock = ProcessLock.tryLock(file);
        say(lock.isPresent() ? "ready" : "refused");
        waitForTheEnd();
      }
      case "write" ->
          AtomicFiles.write(
              file,
              out -> {
                out.write(new byte[100_000]);
                say("ready");
                waitForTheEnd();
              });
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void say(String answer) {
    System.out.println(answer);
  }

  /** Waits until the parent kills this process, or has ended itself. */
  private static void waitForTheEnd() throws IOException {
    while (System.in.read() >= 0) {}
  }
}
