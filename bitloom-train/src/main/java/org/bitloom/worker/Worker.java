package org.bitloom.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The near end of a worker: a child process that trains one run at a time. */
final class Worker implements AutoCloseable {
  private static final long LONGEST_WAIT_MILLIS = 2000;

  private final Process process;
  private final Rendezvous rendezvous;
  private final Thread messages;
  private volatile JsonChannel channel;
  private volatile String lastMessage = "no message";

  private Worker(Process process, Rendezvous rendezvous) {
    this.process = process;
    this.rendezvous = rendezvous;
    this.messages = new Thread(this::readMessages, "bitloom-messages");
    messages.setDaemon(true);
    messages.start();
    CompletableFuture<Void> unused = process.onExit().thenRun(this::forget);
  }

  /** Reads whatever is printed in the process, lest it wait, and keeps the last line. */
  private void readMessages() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lastMessage = line;
      }
    } catch (IOException e) {
      // the process is gone
    }
  }

  /** Ends the waiting for a process that will not come any more. */
  private void forget() {
    try {
      rendezvous.close();
    } catch (IOException e) {
      // an empty folder stays among the temporary files
    }
  }

  static Worker start(WorkerCommand command) throws IOException {
    Rendezvous rendezvous = new Rendezvous();
    try {
      ProcessBuilder builder = new ProcessBuilder(command.words(rendezvous.socket()));
      builder.environment().putAll(command.environment());
      builder.redirectErrorStream(true);
      return new Worker(builder.start(), rendezvous);
    } catch (IOException e) {
      rendezvous.close();
      throw e;
    }
  }

  /**
   * Trains a run.
   *
   * @param listener hears of the run while it is trained
   * @return how it ended; empty = it was stopped and can be resumed
   * @throws WorkerDiedException if the process ended before the run did
   */
  Optional<TimedResult> train(WorkerTask task, RunListener listener) throws WorkerDiedException {
    try {
      if (channel == null) {
        channel = rendezvous.accept();
        rendezvous.close();
      }
      channel.send(task.json());
      Optional<Map<?, ?>> answer = channel.receive();
      while (answer.isPresent()) {
        Map<?, ?> said = answer.get();
        if (Standing.isIn(said)) {
          listener.at(Standing.parse(said));
        } else if (said.get("memory") instanceof Map<?, ?> memory) {
          listener.memory(GpuMemory.parse(memory));
        } else if (said.containsKey("stopped")) {
          return Optional.empty();
        } else {
          RunResult end = RunResult.parse(said.get("end"));
          return Optional.of(new TimedResult(end, ((Number) said.get("seconds")).doubleValue()));
        }
        answer = channel.receive();
      }
    } catch (IOException e) {
      // the process is gone
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
    process.toHandle().destroy();
  }

  /** Ends the worker at once. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    rendezvous.close();
    if (channel != null) {
      channel.close();
    }
  }
}
