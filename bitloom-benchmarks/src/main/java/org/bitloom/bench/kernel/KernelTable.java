package org.bitloom.bench.kernel;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.bench.measure.CopyBandwidth;
import org.bitloom.bench.measure.Median;
import org.bitloom.bench.measure.Target;
import org.bitloom.update.CpuState;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;

/**
 * Holds whole updates against the copy bandwidth of the machine, both measured in turns: in the
 * cache, and beyond it where memory alone should set the pace.
 */
public final class KernelTable {
  private static final int IN_CACHE = KernelBenchmark.WEIGHTS; // LeNet-300-100

  /** No power of two: there all arrays of a tensor would compete for the same lines of a cache. */
  private static final int BEYOND = 16_000_000;

  private static final double SHARE = 0.7;
  private static final long WARM_UP_NANOS = 600_000_000;
  private static final int PERCENT = 100;

  private final PrintStream out;
  private final ThreadTeam team;
  private final CopyBandwidth copy;
  private final List<Target> targets = new ArrayList<>();

  /**
   * Medians of one case.
   *
   * @param nanos of one update
   * @param copyRate GB/s of the copies before and after
   * @param share of the copy rate, within each round
   */
  private record Row(
      UpdateCase what, MemoryTraffic traffic, double nanos, double copyRate, double share) {
    double rate() {
      return traffic.movedBytes() / nanos;
    }
  }

  public KernelTable(PrintStream out, ThreadTeam team) {
    this.out = out;
    this.team = team;
    this.copy = new CopyBandwidth(team);
  }

  /** Prints both tables and what is wanted of the second. */
  public void print() {
    print(IN_CACHE, 11, 10);
    print(BEYOND, 9, 1);
    Target.print(out, targets);
  }

  private void print(int size, int rounds, int updates) {
    out.printf(
        Locale.ROOT,
        "%n%,d weights, all threads; %d rounds of copy, %d updates, copy; medians%n",
        size,
        rounds,
        updates);
    out.printf(
        Locale.ROOT,
        "%-22s %10s %9s %9s %8s %8s %8s%n",
        "",
        "ns/weight",
        "B state",
        "B moved",
        "GB/s",
        "copy",
        "share");
    UpdateBuffers buffers = UpdateBuffers.of(size);
    for (UpdateCase one : UpdateCase.table()) {
      Row row = measure(one, buffers, rounds, updates);
      print(row, size);
      if (size == BEYOND) {
        String what = one + ", share of copy bandwidth at 16 M";
        targets.add(Target.atLeast(what, row.share(), SHARE));
      }
    }
  }

  private void print(Row row, int size) {
    out.printf(
        Locale.ROOT,
        "%-22s %10.3f %9.1f %9.1f %8.1f %8.1f %7.0f%%%n",
        row.what(),
        row.nanos() / size,
        row.traffic().statePerWeight(),
        row.traffic().movedPerWeight(),
        row.rate(),
        row.copyRate(),
        PERCENT * row.share());
  }

  private Row measure(UpdateCase what, UpdateBuffers buffers, int rounds, int updates) {
    CpuState state = what.create(buffers.size(), KernelChoice.chosen(), team);
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < WARM_UP_NANOS) {
      update(state, buffers);
    }
    double[] copies = new double[rounds];
    double[] nanos = new double[rounds];
    double[] shares = new double[rounds];
    MemoryTraffic traffic = MemoryTraffic.of(state);
    for (int round = 0; round < rounds; round++) {
      double before = copy.once();
      double[] ofRound = new double[updates];
      for (int i = -1; i < updates; i++) { // the first finds the copy's data in the cache
        ofRound[Math.max(0, i)] = update(state, buffers);
      }
      nanos[round] = Median.of(ofRound);
      copies[round] = (before + copy.once()) / 2;
      shares[round] = traffic.movedBytes() / nanos[round] / copies[round];
    }
    return new Row(what, traffic, Median.of(nanos), Median.of(copies), Median.of(shares));
  }

  private static long update(CpuState state, UpdateBuffers buffers) {
    long begin = System.nanoTime();
    state.step(0, buffers.gradient(), buffers.weight(), UpdateCase.RATE);
    return System.nanoTime() - begin;
  }
}
