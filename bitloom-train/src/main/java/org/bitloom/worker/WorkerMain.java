package org.bitloom.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A worker: goes to the socket that its argument names, hears tasks there, trains them one after
 * another and answers.
 *
 * <p>It ends when the other end is gone, so it never outlives the process that started it. Asked to
 * stop by a signal, it writes the checkpoint of the run at work first. What it prints means
 * nothing.
 */
public final class WorkerMain {
  private final JsonChannel channel;
  private final BlockingQueue<Map<?, ?>> tasks = new LinkedBlockingQueue<>();
  private final ReentrantLock working = new ReentrantLock();
  private volatile boolean stopping;

  private WorkerMain(JsonChannel channel) {
    this.channel = channel;
  }

  /** Works until the other end is gone. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("java.awt.headless", "true");
    new WorkerMain(Rendezvous.connect(Path.of(arguments[0]))).work();
  }

  private void work() throws InterruptedException {
    Thread reader = new Thread(this::read, "bitloom-tasks");
    reader.setDaemon(true);
    reader.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "bitloom-stop"));
    while (true) {
      Map<?, ?> task = tasks.take();
      working.lock();
      try {
        answer(task);
      } finally {
        working.unlock();
      }
    }
  }

  private void read() {
    try {
      Optional<Map<?, ?>> task = channel.receive();
      while (task.isPresent()) {
        tasks.add(task.get());
        task = channel.receive();
      }
    } catch (IOException e) {
      // no more tasks either way
    }
    Runtime.getRuntime().halt(0); // whoever would hear the answers is gone
  }

  private void stop() {
    stopping = true;
    working.lock(); // held for ever: no other task is begun
  }

  private void answer(Map<?, ?> json) {
    WorkerTask task = WorkerTask.parse(json);
    long begin = System.nanoTime();
    TaskRun run = new TaskRun(task, () -> stopping, told());
    Map<String, Object> answer = new LinkedHashMap<>();
    run.end()
        .ifPresentOrElse(end -> answer.put("end", end.json()), () -> answer.put("stopped", true));
    answer.put("seconds", (System.nanoTime() - begin) / 1e9);
    send(answer);
  }

  private RunListener told() {
    return new RunListener() {
      @Override
      public void at(Standing standing) {
        send(standing.json());
      }

      @Override
      public void memory(GpuMemory memory) {
        send(Map.of("memory", memory.json()));
      }
    };
  }

  private void send(Map<String, Object> answer) {
    try {
      channel.send(answer);
    } catch (IOException e) {
      Runtime.getRuntime().halt(0); // nobody hears it
    }
  }
}
