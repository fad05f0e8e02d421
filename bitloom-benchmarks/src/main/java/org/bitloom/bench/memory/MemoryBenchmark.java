package org.bitloom.bench.memory;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import org.bitloom.bench.kernel.MemoryTraffic;
import org.bitloom.bench.kernel.UpdateCase;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.bitloom.bench.step.EngineTraining;
import org.bitloom.bench.step.TimedNetwork;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.session.ProcessMemory;
import org.bitloom.update.CpuState;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;

/**
 * Counts the state of a weight at every depth, and trains a layer of 100 million weights in a heap
 * of 12 GB.
 */
public final class MemoryBenchmark {
  private static final int WEIGHTS = 64_000; // whole words of frozen bits
  private static final int LAYER_SIDE = 10_000;
  private static final double GIGA = 1e9;

  /** The scale and the count of steps are kept once per tensor. */
  private static final double PER_TENSOR_BYTES = Float.BYTES + Long.BYTES;

  private final PrintStream out;

  public MemoryBenchmark(PrintStream out) {
    this.out = out;
  }

  public void run() {
    printStates();
    trainLargeLayer();
  }

  private void printStates() {
    out.println("bytes of state per weight, counted from the live arrays, and as the formula says");
    out.printf(Locale.ROOT, "%-22s %10s %10s%n", "", "counted", "formula");
    for (UpdateRule rule : List.of(UpdateRule.INDEPENDENT, UpdateRule.COUPLED)) {
      for (int depth : UpdateCase.DEPTHS) {
        for (String mask : UpdateCase.masks(depth)) {
          UpdateCase one = new UpdateCase(rule, depth, mask);
          double counted = counted(one);
          double formula = formula(one);
          boolean same = Math.abs(counted - formula) < 1.0 / WEIGHTS;
          out.printf(
              Locale.ROOT,
              "%-22s %10.3f %10.3f%s%n",
              one,
              counted,
              formula,
              same ? "" : "  DIFFERS");
        }
      }
    }
  }

  /** Returns the state bytes per weight of a fresh tensor. */
  static double counted(UpdateCase one) {
    try (ThreadTeam team = new ThreadTeam(1)) {
      CpuState state = one.create(WEIGHTS, KernelChoice.scalar(), team);
      return (MemoryTraffic.of(state).stateBytes() - PER_TENSOR_BYTES) / WEIGHTS;
    }
  }

  /** Returns what the class comment of the state of a bit-wise parameter promises. */
  static double formula(UpdateCase one) {
    BitLayout layout = BitMask.parse(one.mask()).at(one.depth());
    int trained = layout.trainedMagnitudeBits().length;
    double frozen = layout.frozenBits().length / (double) Byte.SIZE;
    if (trained == 0) {
      return 3 * Float.BYTES + frozen;
    }
    return frozen
        + (one.rule() == UpdateRule.INDEPENDENT
            ? Float.BYTES * (trained + 5)
            : 6 * Float.BYTES + Float.BYTES * ((trained + 3) / 4));
  }

  private void trainLargeLayer() {
    int threads = BenchmarkMachine.prepare();
    out.printf(
        Locale.ROOT,
        "%none layer of %,d x %,d weights, coupled 32:all, batch %d; %s; heap limit %.1f GB%n",
        LAYER_SIDE,
        LAYER_SIDE,
        TimedNetwork.BATCH,
        BenchmarkMachine.describe(threads),
        Runtime.getRuntime().maxMemory() / GIGA);
    EngineTraining.Task task =
        new EngineTraining.Task(
            Linear.builder().setUnits(LAYER_SIDE).optBias(false).build(),
            new Shape(TimedNetwork.BATCH, LAYER_SIDE),
            LAYER_SIDE);
    BitwiseOptimizer optimizer =
        BitwiseOptimizer.builder().bits(BitLayout.MAX_DEPTH).mask(BitMask.all()).build();
    long begin = System.nanoTime();
    try (EngineTraining training = EngineTraining.ours("large", task, optimizer)) {
      report("created", begin);
      out.printf(
          Locale.ROOT, "  %-24s %8.2f GB%n", "state", training.traffic().stateBytes() / GIGA);
      for (String step : List.of("first step", "second step")) {
        long updated = training.updateNanos();
        long stepBegin = System.nanoTime();
        training.step();
        report(step, stepBegin);
        out.printf(
            Locale.ROOT,
            "  %-24s %8.1f s%n",
            "its update",
            (training.updateNanos() - updated) / GIGA);
      }
    }
  }

  private void report(String what, long begin) {
    out.printf(
        Locale.ROOT,
        "  %-24s %8.1f s; so far heap peak %.2f GB, resident peak %.2f GB%n",
        what,
        (System.nanoTime() - begin) / GIGA,
        heapPeak() / GIGA,
        ProcessMemory.peakBytes().orElse(0) / GIGA);
  }

  /** Returns the sum of the peaks of all heap pools, which is at least the peak of the heap. */
  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
