package org.bitloom.worker;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.bitloom.io.Json;

/** The near end of a worker: a child process that trains one run at a time. */
final class Worker implements AutoCloseable {
  private static final long LONGEST_WAIT_MILLIS = 2000;

  private final Process process;
  private final BufferedWriter tasks;
  private final BufferedReader answers;
  private final Thread messages;
  private volatile String lastMessage = "no message";

  private Worker(Process process) {
    this.process = process;
    this.tasks = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.messages = new Thread(this::readMessages, "bitloom-messages");
    messages.setDaemon(true);
    messages.start();
  }

  private void readMessages() {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lastMessage = line;
      }
    } catch (IOException e) {
      // the process is gone
    }
  }

  static Worker start(WorkerCommand command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.words());
    builder.environment().putAll(command.environment());
    return new Worker(builder.start());
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
    throw died();
  }

  private WorkerDiedException died() {
    int exitCode = process.onExit().join().exitValue();
    try {
      messages.join(LONGEST_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new WorkerDiedException(exitCode, lastMessage);
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
  }
}
