package org.bitloom.reproduce.page;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitloom.reproduce.plan.Claim;
import org.bitloom.reproduce.plan.Hypothesis;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.verdict.Finding;
import org.bitloom.reproduce.verdict.Judge;
import org.bitloom.reproduce.verdict.PairedDifference;

/** The rules of the verdicts in words, with the figures that the code uses. */
final class Rules {
  private Rules() {}

  static String text(List<Finding> findings) {
    Map<Part, Set<Claim.Test>> tests = new TreeMap<>();
    for (Finding finding : findings) {
      if (!Double.isNaN(finding.pValue())) {
        tests
            .computeIfAbsent(finding.claim().part(), part -> new LinkedHashSet<>())
            .add(finding.claim().test());
      }
    }
    String counts =
        tests.entrySet().stream()
            .map(part -> part.getKey().label() + " " + part.getValue().size())
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder("## How a verdict is made\n\n");
    text.append(
        Words.wrapped(
            "The rules stand in the program and were fixed before any run. Accuracy is that of the"
                + " last epoch on the test samples; no setting was chosen by it.",
            ""));
    text.append("\n");
    rules(counts).forEach(rule -> text.append(Words.wrapped("- " + rule, "  ")));
    return text.append("\n").toString();
  }

  private static List<String> rules(String counts) {
    return List.of(
        "*points* is the mean difference from the baseline over the same seeds, in points of test"
            + " accuracy.",
        "*p* is two-sided, of Student's test of paired samples against the bound of the claim: 0"
            + " for *better*, -"
            + Hypothesis.MARGIN
            + " for *as good as* and *without loss*. It is corrected for the number of comparisons"
            + " in its part (Holm): "
            + (counts.isEmpty() ? "none" : counts)
            + ".",
        "A claim *holds* if the difference is above its bound at p up to "
            + Judge.LEVEL
            + ", and *does not hold* if it is below at the same p.",
        "A claim to be better also does not hold if the whole interval lies below "
            + Hypothesis.NO_ACCOUNT
            + " points, which are of no account.",
        "All else *cannot be told*: the seeds explain it, or there are fewer than "
            + PairedDifference.FEWEST_PAIRS
            + " of them, or the runs are too short to tell.",
        "Intervals are those of single comparisons; a claim about zeros or about files has no"
            + " test but a count.");
  }
}
