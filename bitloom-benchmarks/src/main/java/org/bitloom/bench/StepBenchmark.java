package org.bitloom.bench;

import ai.djl.engine.Engine;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bitloom.bits.BitMask;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.update.KernelChoice;
import org.bitloom.update.UpdateRule;

/**
 * Times one training step, forward to update, of LeNet-300-100 at batch 64.
 *
 * <p>All competitors train in this process and take turns step by step, so that a slow moment of
 * the machine hits them all. The baseline is float training by DJL's own Adam.
 */
final class StepBenchmark {
  private static final int BATCH = 64;
  private static final int WARM_UP = 400;
  private static final int ROUNDS = 1500;
  private static final float RATE = 9e-4f;
  private static final double MICRO = 1e-3;

  private final PrintStream out;

  StepBenchmark(PrintStream out) {
    this.out = out;
  }

  void run() {
    int threads = Runtime.getRuntime().availableProcessors();
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    Engine engine = Engine.getInstance();
    out.printf(
        Locale.ROOT,
        "LeNet-300-100, batch %d, %d steps each, interleaved, %d threads, %s kernels, %s %s, "
            + "Java %s%n",
        BATCH,
        ROUNDS,
        threads,
        KernelChoice.chosen().name(),
        engine.getEngineName(),
        engine.getVersion(),
        Runtime.version());
    List<Competitor> competitors = competitors();
    for (int round = 0; round < WARM_UP; round++) {
      competitors.forEach(Competitor::step);
    }
    long[][] nanos = new long[competitors.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int c = 0; c < nanos.length; c++) {
        long begin = System.nanoTime();
        competitors.get(c).step();
        nanos[c][round] = System.nanoTime() - begin;
      }
    }
    print(competitors, nanos);
    competitors.forEach(Competitor::close);
  }

  private static List<Competitor> competitors() {
    Adam djl = Optimizer.adam().optLearningRateTracker(Tracker.fixed(RATE)).build();
    List<Competitor> all = new ArrayList<>();
    all.add(new Competitor("float, DJL's Adam", djl, BATCH));
    all.add(
        new Competitor(
            "float, our Adam",
            BitwiseOptimizer.builder().floatWeights().learningRate(RATE).build(),
            BATCH));
    for (String mask : List.of("111000", "111111")) {
      for (UpdateRule rule : UpdateRule.values()) {
        BitwiseOptimizer optimizer =
            BitwiseOptimizer.builder()
                .bits(mask.length())
                .mask(BitMask.parse(mask))
                .rule(rule)
                .learningRate(RATE)
                .build();
        all.add(new Competitor(mask + " " + rule.label(), optimizer, BATCH));
      }
    }
    return all;
  }

  private void print(List<Competitor> competitors, long[][] nanos) {
    out.printf(Locale.ROOT, "%-24s %10s %10s %10s%n", "", "median us", "p10 us", "ratio");
    for (int c = 0; c < nanos.length; c++) {
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ratios[round] = (double) nanos[c][round] / nanos[0][round];
      }
      Arrays.sort(ratios);
      long[] sorted = nanos[c].clone();
      Arrays.sort(sorted);
      out.printf(
          Locale.ROOT,
          "%-24s %10.0f %10.0f %10.3f%n",
          competitors.get(c).name(),
          sorted[ROUNDS / 2] * MICRO,
          sorted[ROUNDS / 10] * MICRO,
          ratios[ROUNDS / 2]);
    }
    out.println("ratio: median over the rounds of step time / baseline's step time in that round");
  }
}
