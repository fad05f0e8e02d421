package org.bitloom.bench.step;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.bitloom.bench.kernel.MemoryTraffic;
import org.bitloom.bench.measure.BenchmarkMachine;

/** Prints what the competitors took. */
final class StepTable {
  private static final double MICRO = 1e-3;
  private static final int PERCENT = 100;

  private final PrintStream out;
  private final TimedNetwork network;

  StepTable(PrintStream out, TimedNetwork network) {
    this.out = out;
    this.network = network;
  }

  void printHead(int threads) {
    out.printf(
        Locale.ROOT,
        "%n== %s, batch %d; engine threads %d; %s%n",
        network.network(),
        TimedNetwork.BATCH,
        network.engineThreads(threads),
        BenchmarkMachine.describe(threads));
    int steps = network.effort().stepsPerTurn();
    out.println("One process, turn by turn; the baseline takes a turn before each of the others.");
    out.println(
        steps == 1
            ? "A turn is one step: activations alone are larger than the cache."
            : "A turn is "
                + steps
                + " steps, the first not counted (it finds the others' data in the cache);"
                + " op-by-op: 2 steps.");
    if (network.units().isEmpty()) {
      out.println("No op-by-op trainer: it knows dense layers only.");
    }
  }

  /** Prints a line per competitor; {@code copyRate} in GB/s. */
  void print(Competitor baseline, List<StepSeries> all, double copyRate) {
    out.printf(
        Locale.ROOT,
        "copy bandwidth %.1f GB/s (64 MB arrays, all threads, read + write, in every round);"
            + " %d rounds%n%n",
        copyRate,
        all.get(0).rounds());
    out.printf(
        Locale.ROOT,
        "%-22s %9s %7s %7s %7s %9s %9s %8s %7s %7s%n",
        "us per step, medians",
        "step",
        "ratio",
        "/ ours",
        "rest",
        "engine",
        "update",
        "B/weight",
        "GB/s",
        "ideal");
    StepSeries ours = all.get(0);
    printBaseline(baseline, all, copyRate);
    all.forEach(series -> print(series, ours, copyRate));
    out.println(
        """
        ratio    median over the rounds of step / step of the baseline just before it
        / ours   median of step / step of our own Adam on floats in the same round
        rest     ratio, if forward and backward took both equally long: less noise, but blind
                 to what an update does to the cache
        engine   forward and backward (op-by-op: composing too)    update   the optimizer alone
        B/weight bytes the update must move: state, gradient (ours twice), weight; GB/s likewise
        ideal    (baseline's forward and backward + bytes at copy bandwidth) / step""");
  }

  private void printBaseline(Competitor baseline, List<StepSeries> all, double copyRate) {
    StepSeries own = new StepSeries(baseline);
    all.forEach(series -> series.baseline().forEach(turn -> own.add(turn, turn)));
    print(own, all.get(0), copyRate);
  }

  private void print(StepSeries series, StepSeries ours, double copyRate) {
    MemoryTraffic traffic = series.competitor().traffic();
    out.printf(
        Locale.ROOT,
        "%-22s %9.0f %7.3f %7.3f %7.3f %9.0f %9.0f",
        series.name(),
        series.step() * MICRO,
        series.ratio(),
        series.stepTo(ours),
        series.ratioByRest(),
        series.engine() * MICRO,
        series.update() * MICRO);
    if (traffic.movedBytes() == 0) {
      out.printf(Locale.ROOT, " %8s %7s %7s%n", "-", "-", "-");
      return;
    }
    double ideal = series.baselineEngine() + traffic.movedBytes() / copyRate;
    out.printf(
        Locale.ROOT,
        " %8.1f %7.1f %6.0f%%%n",
        traffic.movedPerWeight(),
        traffic.movedBytes() / series.update(),
        PERCENT * ideal / series.step());
  }
}
