package org.bitloom.reproduce.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitloom.reproduce.plan.Claim;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.GivesBack;
import org.bitloom.reproduce.plan.Claim.Zeros;
import org.bitloom.reproduce.plan.Hypothesis;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.statistics.Holm;
import org.bitloom.statistics.Spread;

/**
 * Judges the claims of a plan, all of a part at once, as the correction for their number demands.
 *
 * <p>The rules were fixed before any run: a claim about a difference holds, or does not, if the
 * difference is above, or below, its bound at a corrected p-value of {@link #LEVEL}. A claim to be
 * better also does not hold if the whole interval of confidence lies below what is of no account.
 * All else cannot be told.
 */
public final class Judge {
  /** Corrected p-value up to which a difference from a bound counts. */
  public static final double LEVEL = 0.05;

  private final Plan plan;
  private final Map<String, RowResults> results;
  private final Map<String, String> skipped;

  /**
   * Takes what the runs came to.
   *
   * @param results of rows, by key; a row may be missing
   * @param skipped rows that were not trained, by key, and why
   */
  public Judge(Plan plan, Map<String, RowResults> results, Map<String, String> skipped) {
    this.plan = plan;
    this.results = Map.copyOf(results);
    this.skipped = Map.copyOf(skipped);
  }

  private RowResults row(String key) {
    return results.getOrDefault(key, new RowResults(Map.of()));
  }

  private Optional<PairedDifference> difference(Claim claim) {
    return claim.test() instanceof Compared test
        ? Optional.of(row(test.row()).minus(row(test.baseline())))
        : Optional.empty();
  }

  private static double pValue(Claim claim, PairedDifference difference) {
    return claim.test() instanceof Compared test
        ? difference.pValue(test.hypothesis().bound())
        : Double.NaN;
  }

  /** Returns what the runs say of each claim, in the order of the plan. */
  public List<Finding> findings() {
    Map<Claim.Test, Double> corrected = corrected();
    return plan.claims().stream()
        .map(claim -> judge(claim, corrected.getOrDefault(claim.test(), Double.NaN)))
        .toList();
  }

  /**
   * Corrects the p-values for the number of comparisons of their part, so that a page of one part
   * tells the same as a page of all. Who makes a claim does not make a comparison more.
   */
  private Map<Claim.Test, Double> corrected() {
    Map<Claim.Test, Double> all = new LinkedHashMap<>();
    for (Part part : plan.parts()) {
      Map<Claim.Test, Double> alone = new LinkedHashMap<>();
      for (Claim claim : plan.claims()) {
        if (claim.part() == part) {
          difference(claim).ifPresent(found -> alone.put(claim.test(), pValue(claim, found)));
        }
      }
      double[] corrected =
          Holm.corrected(alone.values().stream().mapToDouble(Double::doubleValue).toArray());
      int next = 0;
      for (Claim.Test test : alone.keySet()) {
        all.put(test, corrected[next++]);
      }
    }
    return all;
  }

  private Finding judge(Claim claim, double pValue) {
    Optional<PairedDifference> difference = difference(claim);
    Ruling ruling = notTrained(claim).orElseGet(() -> rule(claim, difference, pValue));
    return new Finding(claim, difference, pValue, ruling.verdict(), ruling.reason());
  }

  private record Ruling(Verdict verdict, String reason) {
    static Ruling notTold(String reason) {
      return new Ruling(Verdict.NOT_TOLD, reason);
    }
  }

  private Optional<Ruling> notTrained(Claim claim) {
    List<String> rows = new ArrayList<>(List.of(claim.test().row()));
    if (claim.test() instanceof Compared test) {
      rows.add(test.baseline());
    }
    for (String row : rows) {
      if (skipped.containsKey(row)) {
        return Optional.of(Ruling.notTold(skipped.get(row)));
      }
    }
    if (plan.budget().quick() && claim.part().isTooSmallWhenQuick()) {
      return Optional.of(Ruling.notTold("these few images and epochs only show that it runs"));
    }
    return Optional.empty();
  }

  private Ruling rule(Claim claim, Optional<PairedDifference> difference, double pValue) {
    if (claim.test() instanceof Compared test) {
      return compared(test, difference.orElseThrow(), pValue);
    }
    return claim.test() instanceof Zeros test ? zeros(test) : givesBack((GivesBack) claim.test());
  }

  private Ruling compared(Compared test, PairedDifference difference, double pValue) {
    if (difference.count() < PairedDifference.FEWEST_PAIRS) {
      return Ruling.notTold(
          "a test needs "
              + PairedDifference.FEWEST_PAIRS
              + " seeds of both rows, there are "
              + difference.count());
    }
    if (!difference.isTestable()) {
      return Ruling.notTold("all seeds came to the same difference");
    }
    double bound = test.hypothesis().bound();
    if (pValue <= LEVEL && difference.mean() < bound) {
      return new Ruling(Verdict.DOES_NOT, "below " + points(bound) + " points");
    }
    Optional<String> zeros = tooFewZeros(test.row(), test.least());
    if (zeros.isPresent()) {
      return new Ruling(Verdict.DOES_NOT, zeros.get());
    }
    if (pValue <= LEVEL) {
      return new Ruling(Verdict.HOLDS, "above " + points(bound) + " points");
    }
    if (test.hypothesis().isBetter() && difference.high() < Hypothesis.NO_ACCOUNT) {
      return new Ruling(
          Verdict.DOES_NOT,
          "as good as the baseline: at most "
              + points(difference.high())
              + " points, which are of no account");
    }
    return Ruling.notTold("the seeds explain the difference from " + points(bound) + " points");
  }

  private Optional<String> tooFewZeros(String row, double least) {
    Spread zeros = row(row).zeros();
    return zeros.mean() < 100 * least
        ? Optional.of(share(zeros.mean()) + " zeros, " + share(100 * least) + " are asked for")
        : Optional.empty();
  }

  private Ruling zeros(Zeros test) {
    Spread zeros = row(test.row()).zeros();
    if (zeros.count() < PairedDifference.FEWEST_PAIRS) {
      return Ruling.notTold("three seeds are asked for, there are " + zeros.count());
    }
    String found = share(zeros.mean()) + " zeros, " + share(100 * test.least()) + " are asked for";
    boolean reached = zeros.mean() >= 100 * test.least();
    if (!reached && plan.budget().quick()) {
      return Ruling.notTold(found + "; they become more in every epoch");
    }
    return new Ruling(reached ? Verdict.HOLDS : Verdict.DOES_NOT, found);
  }

  private Ruling givesBack(GivesBack test) {
    List<Boolean> back =
        row(test.row()).runs().values().stream().flatMap(run -> run.givesBack().stream()).toList();
    if (back.isEmpty()) {
      return Ruling.notTold("no run was asked for what it carries");
    }
    long whole = back.stream().filter(Boolean::booleanValue).count();
    return new Ruling(
        whole == back.size() ? Verdict.HOLDS : Verdict.DOES_NOT,
        whole + " of " + back.size() + " runs gave it back to the byte");
  }

  private static String points(double points) {
    return points == 0 ? "0" : String.format(Locale.ROOT, "%+.2f", points);
  }

  private static String share(double percent) {
    return String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
