package org.bitloom.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.reproduce.plan.Budget;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.sweep.AxisWords;
import picocli.CommandLine.Option;

/** The options that decide what a reproduction trains. */
final class ReproduceOptions {
  @Option(
      names = "--quick",
      description = "Few images, epochs and seeds: a quarter of an hour on two processors.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Parts: dense, conv, residual, bits, payload, nested (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "LIST",
      description =
          "Seeds of every row, such as 1..5 (default: as the plan says, 5 or 10, with --quick 3).")
  private List<String> seeds = List.of();

  @Option(
      names = "--epochs-share",
      paramLabel = "SHARE",
      description = "Train a part of the epochs of the full plan, such as 0.1; the page names it.")
  private double epochsShare = 1;

  /**
   * Returns the plan.
   *
   * @throws org.bitloom.error.UsageException if a word is none
   */
  Plan plan() {
    List<Part> parts = new ArrayList<>();
    only.forEach(word -> parts.add(Part.parse(word)));
    List<Long> numbers = new ArrayList<>();
    AxisWords.values(Choice.SEED, seeds).forEach(seed -> numbers.add((Long) seed));
    return Plan.of(parts, new Budget(quick, epochsShare, numbers));
  }
}
