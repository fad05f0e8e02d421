package org.bitloom.sweep;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.bitloom.io.Json;

/** The near end of a worker: a child process that trains one run at a time. */
final class Worker implements AutoCloseable {
  private final Process process;
  private final BufferedWriter tasks;
  private final BufferedReader answers;
  private final Path messages;

  private Worker(Process process, Path messages) {
    this.process = process;
    this.tasks = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.messages = messages;
  }

  static Worker start(WorkerCommand command) throws IOException {
    Path messages = Files.createTempFile("bitloom-worker", ".log");
    ProcessBuilder builder = new ProcessBuilder(command.words());
    builder.environment().putAll(command.environment());
    builder.redirectError(messages.toFile());
    try {
      return new Worker(builder.start(), messages);
    } catch (IOException e) {
      Files.deleteIfExists(messages);
      throw e;
    }
  }

  /**
   * Trains a run.
   *
   * @param left hears, a few times a second, how many seconds the run may still take
   * @return how it ended; empty = it was stopped and can be resumed
   * @throws WorkerDiedException if the process ended before the run did
   */
  Optional<Trained> train(WorkerTask task, DoubleConsumer left) throws WorkerDiedException {
    try {
      tasks.write(Json.print(task.json()));
      tasks.write('\n');
      tasks.flush();
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        Map<?, ?> answer = (Map<?, ?>) Json.parse(line);
        if (answer.get("left") instanceof Double seconds) {
          left.accept(seconds);
        } else if (answer.containsKey("stopped")) {
          return Optional.empty();
        } else {
          RunEnd end = RunEnd.parse(answer.get("end"));
          return Optional.of(new Trained(end, ((Number) answer.get("seconds")).doubleValue()));
        }
      }
    } catch (IOException e) {
      // a broken pipe: the process is gone
    }
    throw new WorkerDiedException(process.onExit().join().exitValue(), lastMessage());
  }

  private String lastMessage() {
    try {
      List<String> lines = Files.readAllLines(messages);
      return lines.isEmpty() ? "no message" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "no message";
    }
  }

  /** Asks the worker to write the checkpoint of its run and to end. */
  void stop() {
    process.toHandle().destroy(); // Process.destroy closes its input too, and then it halts
  }

  /** Ends the worker at once. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    Files.deleteIfExists(messages);
  }
}
