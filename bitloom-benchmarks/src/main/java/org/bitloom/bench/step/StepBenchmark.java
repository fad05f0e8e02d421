package org.bitloom.bench.step;

import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.bitloom.bench.measure.CopyBandwidth;
import org.bitloom.bench.measure.Median;
import org.bitloom.bench.measure.Target;
import org.bitloom.session.engine.Engines;
import org.bitloom.update.kernel.ThreadTeam;

/**
 * Times training steps, forward to update, of all competitors in one process.
 *
 * <p>They take turns, and the baseline takes one before each of the others, so that a slow moment
 * of the machine hits both sides of a ratio. A turn is a few steps: with dozens of networks in the
 * process, the first finds nothing of its own in the cache, as no step of a real training does.
 */
public final class StepBenchmark {
  private static final double NANO = 1e-9;
  private static final double MILLI = 1e-3;

  /** The op-by-op trainer is slow and streams through memory: one warm step is enough. */
  private static final int OP_BY_OP_STEPS = 2;

  /** How much longer the warm-up may last while the JIT works. */
  private static final double LONGER = 1.5;

  /** Share of the time the JIT may still work at the end of the warm-up. */
  private static final double JIT_SHARE = 0.02;

  private final PrintStream out;
  private final TimedNetwork network;

  public StepBenchmark(PrintStream out, TimedNetwork network) {
    this.out = out;
    this.network = network;
  }

  public void run() {
    int threads = BenchmarkMachine.prepare();
    Engines.useThreads(network.engineThreads(threads)); // for all competitors
    StepTable table = new StepTable(out, network);
    table.printHead(threads);
    new MatrixProducts(out).print(network);
    Competitors competitors = new Competitors(network);
    List<Competitor> others = competitors.others();
    try (Competitor baseline = competitors.baseline();
        ThreadTeam team = new ThreadTeam(threads)) {
      CopyBandwidth copy = new CopyBandwidth(team);
      warmUp(baseline, others);
      List<StepSeries> series = new ArrayList<>();
      others.forEach(competitor -> series.add(new StepSeries(competitor)));
      List<Double> copies = new ArrayList<>();
      long begin = System.nanoTime();
      do {
        copies.add(copy.once());
        for (StepSeries one : series) {
          StepTimes first = turn(baseline);
          one.add(first, turn(one.competitor()));
        }
      } while (seconds(begin) < network.effort().seconds());
      table.print(baseline, series, Median.of(copies, Double::doubleValue));
      Target.print(out, new StepTargets(network, series).all());
    } finally {
      others.forEach(Competitor::close);
    }
  }

  private StepTimes turn(Competitor competitor) {
    boolean opByOp = competitor instanceof OpByOpTraining;
    return StepTimes.of(competitor, opByOp ? OP_BY_OP_STEPS : network.effort().stepsPerTurn());
  }

  /** Steps until the JIT has little left to do, but not for ever. */
  private void warmUp(Competitor baseline, List<Competitor> others) {
    CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
    long begin = System.nanoTime();
    int least = network.effort().warmUpSeconds();
    boolean compiling = true;
    while (seconds(begin) < least || (compiling && seconds(begin) < LONGER * least)) {
      long compiled = jit.getTotalCompilationTime();
      long roundBegin = System.nanoTime();
      for (Competitor competitor : others) {
        turn(baseline);
        turn(competitor);
      }
      double jitSeconds = (jit.getTotalCompilationTime() - compiled) * MILLI;
      compiling = jitSeconds > JIT_SHARE * seconds(roundBegin);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) * NANO;
  }
}
