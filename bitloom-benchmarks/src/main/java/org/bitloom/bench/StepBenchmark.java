package org.bitloom.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
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
 * Times one training step, forward to update, at batch 64.
 *
 * <p>All competitors train in this process and take turns step by step, so that a slow moment of
 * the machine hits them all. The baseline is float training by DJL's own Adam.
 */
final class StepBenchmark {
  private static final int BATCH = 64;
  private static final float RATE = 9e-4f;
  private static final double MICRO = 1e-3;

  private final PrintStream out;
  private final Subject subject;

  /** What is timed: a network, its images, and how often each competitor takes a step. */
  @SuppressWarnings("ImmutableEnumChecker") // nobody changes a shape or these lists
  enum Subject {
    LENET300("lenet300", 1, 28, 400, 1500, List.of("111000", "111111")),
    CONV4("conv4", 3, 32, 3, 40, List.of("11100000", "11111111")),
    RESNET20("resnet20", 3, 32, 3, 60, List.of("11100000", "11111111"));

    final String network;
    final Shape images;
    final int warmUp;
    final int rounds;
    final List<String> masks;

    Subject(String network, int channels, int side, int warmUp, int rounds, List<String> masks) {
      this.network = network;
      this.images = new Shape(BATCH, channels, side, side);
      this.warmUp = warmUp;
      this.rounds = rounds;
      this.masks = masks;
    }
  }

  StepBenchmark(PrintStream out, Subject subject) {
    this.out = out;
    this.subject = subject;
  }

  void run() {
    int threads = Runtime.getRuntime().availableProcessors();
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    Engine engine = Engine.getInstance();
    out.printf(
        Locale.ROOT,
        "%s, batch %d, %d steps each, interleaved, %d threads, %s kernels, %s %s, " + "Java %s%n",
        subject.network,
        BATCH,
        subject.rounds,
        threads,
        KernelChoice.chosen().name(),
        engine.getEngineName(),
        engine.getVersion(),
        Runtime.version());
    List<Competitor> competitors = competitors();
    for (int round = 0; round < subject.warmUp; round++) {
      competitors.forEach(Competitor::step);
    }
    long[][] nanos = new long[competitors.size()][subject.rounds];
    for (int round = 0; round < subject.rounds; round++) {
      for (int c = 0; c < nanos.length; c++) {
        long begin = System.nanoTime();
        competitors.get(c).step();
        nanos[c][round] = System.nanoTime() - begin;
      }
    }
    print(competitors, nanos);
    competitors.forEach(Competitor::close);
  }

  private List<Competitor> competitors() {
    Adam djl = Optimizer.adam().optLearningRateTracker(Tracker.fixed(RATE)).build();
    List<Competitor> all = new ArrayList<>();
    all.add(competitor("float, DJL's Adam", djl));
    all.add(
        competitor(
            "float, our Adam",
            BitwiseOptimizer.builder().floatWeights().learningRate(RATE).build()));
    for (String mask : subject.masks) {
      for (UpdateRule rule : UpdateRule.values()) {
        BitwiseOptimizer optimizer =
            BitwiseOptimizer.builder()
                .bits(mask.length())
                .mask(BitMask.parse(mask))
                .rule(rule)
                .learningRate(RATE)
                .build();
        all.add(competitor(mask + " " + rule.label(), optimizer));
      }
    }
    return all;
  }

  private Competitor competitor(String name, Optimizer optimizer) {
    return new Competitor(name, subject.network, subject.images, optimizer);
  }

  private void print(List<Competitor> competitors, long[][] nanos) {
    out.printf(Locale.ROOT, "%-24s %10s %10s %10s%n", "", "median us", "p10 us", "ratio");
    for (int c = 0; c < nanos.length; c++) {
      double[] ratios = new double[subject.rounds];
      for (int round = 0; round < subject.rounds; round++) {
        ratios[round] = (double) nanos[c][round] / nanos[0][round];
      }
      Arrays.sort(ratios);
      long[] sorted = nanos[c].clone();
      Arrays.sort(sorted);
      out.printf(
          Locale.ROOT,
          "%-24s %10.0f %10.0f %10.3f%n",
          competitors.get(c).name(),
          sorted[subject.rounds / 2] * MICRO,
          sorted[subject.rounds / 10] * MICRO,
          ratios[subject.rounds / 2]);
    }
    out.println("ratio: median over the rounds of step time / baseline's step time in that round");
  }
}
