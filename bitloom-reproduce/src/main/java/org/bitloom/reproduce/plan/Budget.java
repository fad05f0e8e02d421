package org.bitloom.reproduce.plan;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/**
 * How much is trained.
 *
 * @param quick few samples and epochs, for a quarter of an hour on two processors
 * @param epochsShare of the epochs of the full plan, above 0 and at most 1
 * @param seeds of every row; empty = those that each row asks for
 */
public record Budget(boolean quick, double epochsShare, List<Long> seeds) {
  /** Seeds of a quick row: as few as a test needs. */
  private static final int QUICK_SEEDS = 3;

  public Budget {
    seeds = List.copyOf(seeds);
    if (!(epochsShare > 0 && epochsShare <= 1)) {
      throw new UsageException(
          "--epochs-share must be above 0 and at most 1, got " + epochsShare,
          "0.1 trains a tenth of the epochs");
    }
    if (quick && epochsShare != 1) {
      throw new UsageException(
          "--quick has epochs of its own, so it must stand without --epochs-share, got both",
          "leave out one of the two");
    }
    if (seeds.stream().distinct().count() != seeds.size()) {
      throw new UsageException("--seeds must name each seed once, got " + seeds, "such as 1..5");
    }
  }

  /** Everything, with the seeds of the plan. */
  public static Budget full() {
    return new Budget(false, 1, List.of());
  }

  /** Little of everything, with the seeds of the plan. */
  public static Budget brief() {
    return new Budget(true, 1, List.of());
  }

  /** Returns 1 to {@code most}, fewer when quick, or those that were asked for. */
  List<Long> seeds(int most) {
    if (!seeds.isEmpty()) {
      return seeds;
    }
    return LongStream.rangeClosed(1, quick ? Math.min(most, QUICK_SEEDS) : most).boxed().toList();
  }

  /** Returns seed 1 alone, or the first of those that were asked for. */
  List<Long> oneSeed() {
    return seeds.isEmpty() ? List.of(1L) : seeds.subList(0, 1);
  }

  /** Says whether learning rates are chosen on samples held out: at the whole plan only. */
  boolean choosesRates() {
    return !quick && epochsShare == 1;
  }

  /** Returns a number of epochs of the full plan, or the share of it that is trained. */
  int epochs(int full) {
    return Math.max(1, (int) Math.round(full * epochsShare));
  }

  /** Returns phases of the full plan, each as long as the share of it that is trained. */
  String phases(String full) {
    StringJoiner phases = new StringJoiner(",");
    for (String phase : full.split(",", -1)) {
      String[] parts = phase.split("x", 2);
      phases.add(epochs(Integer.parseInt(parts[0])) + "x" + parts[1]);
    }
    return phases.toString();
  }

  /** Returns choices with phases: those of the full plan, or the quick ones on a few samples. */
  RunChoices schedule(RunChoices choices, String full, Quick few) {
    return quick
        ? choices.with(Choice.SCHEDULE, few.phases()).with(Choice.LIMIT, few.samples())
        : choices.with(Choice.SCHEDULE, phases(full));
  }

  /**
   * What is trained in place of a full row when quick.
   *
   * @param phases of the schedule
   * @param samples the first of the shuffled training samples
   */
  record Quick(String phases, int samples) {}
}
