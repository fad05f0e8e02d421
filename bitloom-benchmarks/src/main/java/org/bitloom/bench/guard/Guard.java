package org.bitloom.bench.guard;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bitloom.bench.kernel.UpdateCase;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.bitloom.bench.measure.Median;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.UpdateKernels;

/**
 * Sees whether a change made training slower: measures a few ratios, where more is worse, and
 * compares them with stored ones.
 *
 * <p>One thread and its processor time, so that neither the number of cores nor other programs
 * matter much. A ratio beyond its bound is measured again before it counts.
 */
public final class Guard {
  /** How much worse than stored a ratio may be. */
  static final double BOUND = 1.5;

  /** The same on another processor than that of the table, whose ratios differ anyway. */
  static final double FOREIGN_BOUND = 3;

  private static final int TRIES = 3;

  private final Map<String, DoubleSupplier> measurements = new LinkedHashMap<>();

  /**
   * A ratio beside the stored one.
   *
   * @param measured the best of the tries
   * @param stored NaN if the table does not know it
   * @param bound how much worse than stored it may be
   */
  public record Finding(String name, double measured, double stored, double bound) {
    /** Says whether the ratio is within its bound; an unknown one is not. */
    public boolean isGood() {
      return measured <= bound * stored;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-52s %7.3f, stored %7.3f, at most %7.3f: %s",
          name,
          measured,
          stored,
          bound * stored,
          isGood() ? "good" : "WORSE");
    }
  }

  /** Names the measurements; nothing is measured yet. */
  public Guard() {
    this(ratios());
  }

  Guard(Map<String, DoubleSupplier> measurements) {
    this.measurements.putAll(measurements);
  }

  private static Map<String, DoubleSupplier> ratios() {
    UpdateKernels chosen = KernelChoice.chosen();
    UpdateCase shallow = new UpdateCase(UpdateRule.COUPLED, 2, "all");
    UpdateCase middle = new UpdateCase(UpdateRule.COUPLED, 8, "all");
    UpdateCase deep = new UpdateCase(UpdateRule.COUPLED, 32, "all");
    Map<String, DoubleSupplier> ratios = new LinkedHashMap<>();
    ratios.put(
        "coupled 32:all / 2:all, update", () -> GuardRatios.update(deep, chosen, shallow, chosen));
    ratios.put(
        "chosen / scalar kernels, update of coupled 8:all",
        () -> GuardRatios.update(middle, chosen, middle, KernelChoice.scalar()));
    ratios.put("copy / coupled 8:all, bytes per second", () -> GuardRatios.copyToUpdate(middle));
    ratios.put("coupled 6:top3 / DJL's Adam, step", () -> GuardRatios.step(6, "top3"));
    ratios.put("coupled 32:all / DJL's Adam, step", () -> GuardRatios.step(32, "all"));
    return ratios;
  }

  /** Returns the kernels of this process: ratios of others say nothing about them. */
  static String kernels() {
    return KernelChoice.chosen().name() + " kernels, " + System.getProperty("os.arch");
  }

  /** Measures every ratio a few times for a table to store: the medians. */
  public GuardTable measure() {
    prepare();
    double[][] tries = new double[measurements.size()][TRIES];
    for (int i = 0; i < TRIES; i++) {
      int number = 0;
      for (DoubleSupplier ratio : measurements.values()) {
        tries[number++][i] = ratio.getAsDouble();
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    int number = 0;
    for (String name : measurements.keySet()) {
      medians.put(name, Median.of(tries[number++]));
    }
    return new GuardTable(kernels(), BenchmarkMachine.processor(), medians);
  }

  /** Measures every ratio, those beyond their bound up to {@value #TRIES} times in all. */
  public List<Finding> compare(GuardTable stored) {
    prepare();
    boolean same = stored.processor().equals(BenchmarkMachine.processor());
    double bound = same ? BOUND : FOREIGN_BOUND;
    List<Finding> findings = new ArrayList<>();
    measurements.forEach(
        (name, ratio) -> {
          double known = stored.ratios().getOrDefault(name, Double.NaN);
          Finding best = new Finding(name, ratio.getAsDouble(), known, bound);
          for (int tries = 1; tries < TRIES && !best.isGood(); tries++) {
            double least = Math.min(best.measured(), ratio.getAsDouble());
            best = new Finding(name, least, known, bound);
          }
          findings.add(best);
        });
    return findings;
  }

  private static void prepare() {
    BenchmarkMachine.prepare();
    JniUtils.setNumThreads(1); // the calling thread does all, so its processor time is the whole
  }
}
