package org.bitloom.worker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.bitloom.io.Json;

/**
 * A worker: reads tasks from standard input, a JSON line each, trains them one after another and
 * writes answers to standard output, JSON lines too.
 *
 * <p>It ends when its input ends, so it never outlives the process that started it. Asked to stop
 * by a signal, it writes the checkpoint of the run at work first.
 */
public final class WorkerMain {
  private final PrintStream answers;
  private final BlockingQueue<String> tasks = new LinkedBlockingQueue<>();
  private final ReentrantLock working = new ReentrantLock();
  private volatile boolean stopping;

  private WorkerMain(PrintStream answers) {
    this.answers = answers;
  }

  /** Works until the input ends. */
  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("java.awt.headless", "true");
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // a library that prints must not disturb the answers
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    new WorkerMain(answers).work();
  }

  private void work() throws InterruptedException {
    Thread reader = new Thread(this::read, "bitloom-tasks");
    reader.setDaemon(true);
    reader.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "bitloom-stop"));
    while (true) {
      String task = tasks.take();
      working.lock();
      try {
        answer(task);
      } finally {
        working.unlock();
      }
    }
  }

  private void read() {
    try (BufferedReader input =
        new BufferedReader(
            new InputStreamReader(
                new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        tasks.add(line);
      }
    } catch (IOException e) {
      // no more input either way
    }
    Runtime.getRuntime().halt(0); // whoever would hear the answers is gone
  }

  private void stop() {
    stopping = true;
    working.lock(); // held for ever: no other task is begun
  }

  private void answer(String line) {
    WorkerTask task = WorkerTask.parse(Json.parse(line));
    long begin = System.nanoTime();
    TaskRun run = new TaskRun(task, () -> stopping, this::left);
    Map<String, Object> answer = new LinkedHashMap<>();
    run.end()
        .ifPresentOrElse(end -> answer.put("end", end.json()), () -> answer.put("stopped", true));
    answer.put("seconds", (System.nanoTime() - begin) / 1e9);
    answers.println(Json.print(answer));
  }

  private void left(double seconds) {
    answers.println(Json.print(Map.of("left", seconds)));
  }
}
