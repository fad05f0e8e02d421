package org.bitloom.bench.epoch;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bitloom.bits.BitMask;
import org.bitloom.data.DataSet;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;

/**
 * Times whole epochs: data, engine, update, evaluation, and the garbage of a step.
 *
 * <p>The competitors take turns, an epoch each. The first epoch of each, which holds the work of
 * the JIT compiler, does not count.
 */
public final class EpochBenchmark {
  private static final List<Integer> BATCHES = List.of(25, 64);
  private static final int EPOCHS = 3;

  private final PrintStream out;
  private final int threads = Runtime.getRuntime().availableProcessors();

  private EpochBenchmark(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the benchmark, or times a process to an accuracy.
   *
   * @param words none, or {@code --to PERCENT}
   * @return false, without doing anything, if they are other words
   */
  public static boolean run(PrintStream out, List<String> words) throws IOException {
    if (words.isEmpty()) {
      new EpochBenchmark(out).run();
      return true;
    }
    if (words.size() != 2 || !words.get(0).equals("--to")) {
      return false;
    }
    double percent = Double.parseDouble(words.get(1));
    if (!new TimeToAccuracy(out).run(percent / 100)) {
      out.println("not reached");
    }
    return true;
  }

  /** Prints a table for each size of batch. */
  private void run() throws IOException {
    Path folder = Files.createTempDirectory("bitloom-epoch");
    try {
      EpochData data = EpochData.find(folder);
      out.printf(
          Locale.ROOT,
          "lenet300, %s, %d threads, %s kernels, Java %s; epochs 2 to %d, means%n",
          data,
          threads,
          KernelChoice.chosen().name(),
          Runtime.version(),
          EPOCHS);
      DataSet images = data.load();
      for (int batch : BATCHES) {
        List<EpochCompetitor> competitors = competitors(data, images, batch, folder);
        print(batch, competitors, race(competitors));
      }
    } finally {
      delete(folder);
    }
  }

  private List<EpochCompetitor> competitors(
      EpochData data, DataSet images, int batch, Path folder) {
    List<EpochCompetitor> all = new ArrayList<>();
    all.add(new DjlEpochs(images, batch));
    all.add(bitloom("float, our Adam", new RunSettings.FloatWeights(), data, batch, folder));
    all.add(bitloom("111000 coupled", bits(6, BitMask.top(3)), data, batch, folder));
    all.add(bitloom("32 bits, all, coupled", bits(32, BitMask.all()), data, batch, folder));
    return all;
  }

  private EpochCompetitor bitloom(
      String name, RunSettings.Weights weights, EpochData data, int batch, Path folder) {
    Path run = folder.resolve("batch-" + batch).resolve(name);
    return new BitloomEpochs(name, weights, data.name(), batch, threads, run);
  }

  private static RunSettings.Weights bits(int depth, BitMask mask) {
    return new RunSettings.BitWeights(depth, mask, UpdateRule.COUPLED, 0);
  }

  private static List<EpochTimes> race(List<EpochCompetitor> competitors) {
    TurnTaking turns = new TurnTaking(competitors.size());
    List<List<EpochTimes>> heard = new ArrayList<>();
    List<Thread> runners = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int c = 0; c < competitors.size(); c++) {
      int number = c;
      List<EpochTimes> epochs = new ArrayList<>();
      heard.add(epochs);
      Thread runner =
          new Thread(() -> train(competitors.get(number), number, turns, epochs), "epochs-" + c);
      runner.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      runner.start();
      runners.add(runner);
    }
    runners.forEach(EpochBenchmark::join);
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a competitor failed", failures.get(0));
    }
    return heard.stream().map(epochs -> EpochTimes.mean(epochs.subList(1, EPOCHS))).toList();
  }

  private static void train(
      EpochCompetitor competitor, int number, TurnTaking turns, List<EpochTimes> epochs) {
    turns.await(number);
    try {
      competitor.train(
          EPOCHS,
          times -> {
            epochs.add(times);
            if (epochs.size() < EPOCHS) { // the last turn lasts until all is closed
              turns.pass(number);
              turns.await(number);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      turns.leave(number);
    }
  }

  private static void join(Thread runner) {
    try {
      runner.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while competitors trained", e);
    }
  }

  private void print(int batch, List<EpochCompetitor> competitors, List<EpochTimes> times) {
    out.printf(
        Locale.ROOT,
        "%nbatch %d%n%-22s %8s %6s %7s %7s %7s %7s %11s %8s%n",
        batch,
        "",
        "s/epoch",
        "ratio",
        "data",
        "engine",
        "update",
        "test",
        "bytes/step",
        "test acc");
    for (int c = 0; c < times.size(); c++) {
      EpochTimes row = times.get(c);
      out.printf(
          Locale.ROOT,
          "%-22s %8.2f %6.2f %7.2f %7.2f %7.2f %7.2f %11.0f %7.2f%%%n",
          competitors.get(c).name(),
          row.seconds(),
          row.seconds() / times.get(0).seconds(),
          row.data(),
          row.engine(),
          row.update(),
          row.evaluation(),
          row.bytesPerStep(),
          100 * row.accuracy());
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
