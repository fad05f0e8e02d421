package org.bitloom.bench;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bitloom.update.KernelChoice;
import org.bitloom.update.UpdateKernels;
import org.bitloom.update.UpdateRule;

/**
 * Sees whether a change made training slower: measures a few ratios, where more is worse, and
 * compares them with stored ones.
 *
 * <p>One thread and its processor time, so that neither the number of cores nor other programs
 * matter much. A ratio beyond its bound is measured again before it counts.
 */
final class Guard {
  /** How much worse than stored a ratio may be. */
  static final double BOUND = 1.5;

  private static final int MORE_TRIES = 2;

  private final Map<String, DoubleSupplier> measurements = new LinkedHashMap<>();

  /**
   * A ratio beside the stored one.
   *
   * @param measured the best of the tries
   * @param stored NaN if the table does not know it
   */
  record Finding(String name, double measured, double stored) {
    /** Says whether the ratio is within its bound; an unknown one is not. */
    boolean isGood() {
      return measured <= BOUND * stored;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-52s %7.3f, stored %7.3f, at most %7.3f: %s",
          name,
          measured,
          stored,
          BOUND * stored,
          isGood() ? "good" : "WORSE");
    }
  }

  /** Names the measurements; nothing is measured yet. */
  Guard() {
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
    ratios.put("coupled 6:top3 / DJL's Adam, step", () -> GuardRatios.step(6, "top3"));
    ratios.put("coupled 32:all / DJL's Adam, step", () -> GuardRatios.step(32, "all"));
    ratios.put(
        "coupled 32:all / 2:all, update", () -> GuardRatios.update(deep, chosen, shallow, chosen));
    ratios.put(
        "chosen / scalar kernels, update of coupled 8:all",
        () -> GuardRatios.update(middle, chosen, middle, KernelChoice.scalar()));
    ratios.put("copy / coupled 8:all, bytes per second", () -> GuardRatios.copyToUpdate(middle));
    return ratios;
  }

  /** Returns the kernels of this process and the processor they run on: the key of a table. */
  static String kernels() {
    return KernelChoice.chosen().name() + " kernels, " + System.getProperty("os.arch");
  }

  /** Measures every ratio once. */
  GuardTable measure() {
    prepare();
    Map<String, Double> measured = new LinkedHashMap<>();
    measurements.forEach((name, ratio) -> measured.put(name, ratio.getAsDouble()));
    return new GuardTable(kernels(), measured);
  }

  /** Measures every ratio, those beyond their bound up to {@value #MORE_TRIES} times more. */
  List<Finding> compare(GuardTable stored) {
    prepare();
    List<Finding> findings = new ArrayList<>();
    measurements.forEach(
        (name, ratio) -> {
          double known = stored.ratios().getOrDefault(name, Double.NaN);
          Finding best = new Finding(name, ratio.getAsDouble(), known);
          for (int more = 0; more < MORE_TRIES && !best.isGood(); more++) {
            best = new Finding(name, Math.min(best.measured(), ratio.getAsDouble()), known);
          }
          findings.add(best);
        });
    return findings;
  }

  private static void prepare() {
    Machine.prepare();
    JniUtils.setNumThreads(1);
  }
}
