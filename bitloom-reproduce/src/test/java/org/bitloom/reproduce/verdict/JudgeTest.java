package org.bitloom.reproduce.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.reproduce.plan.Budget;
import org.bitloom.reproduce.plan.Claim;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.GivesBack;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.reproduce.plan.Claim.Zeros;
import org.bitloom.reproduce.plan.Hypothesis;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.plan.Row;
import org.bitloom.reproduce.verdict.RowResults.Run;
import org.bitloom.settings.RunChoices;
import org.junit.jupiter.api.Test;

/** The rules of the verdicts, one by one. */
final class JudgeTest {
  private static final double[] BASELINE = {98.0, 98.1, 98.2, 98.3, 98.4};

  /** Deviation of the differences; the standard error is 0.0071. */
  private static final double[] JITTER = {-0.02, 0.02, 0.0, 0.01, -0.01};

  private static RowResults runs(double shift, double zeros, double[] jitter) {
    Map<Long, Run> runs = new LinkedHashMap<>();
    for (int i = 0; i < jitter.length; i++) {
      runs.put(
          i + 1L,
          new Run(BASELINE[i] + shift + jitter[i], zeros, Optional.empty(), Optional.of(i != 3)));
    }
    return new RowResults(runs);
  }

  private static RowResults shifted(double shift) {
    return runs(shift, 50, JITTER);
  }

  private static Plan plan(Part part, Budget budget, Claim.Test... tests) {
    List<Row> rows = new ArrayList<>();
    for (String key : List.of("row", "floats")) {
      rows.add(
          new Row(key, part, key, RunChoices.none(), List.of(1L, 2L, 3L, 4L, 5L), Row.Load.NONE));
    }
    List<Claim> claims = new ArrayList<>();
    for (Claim.Test test : tests) {
      claims.add(new Claim("claim" + claims.size(), part, Kind.PAPER, "So it is.", test));
    }
    return new Plan(budget, Set.of(part), rows, claims);
  }

  private static Finding judge(RowResults row, Claim.Test test) {
    RowResults floats = runs(0, 0, new double[5]);
    Plan plan = plan(Part.DENSE, Budget.full(), test);
    return new Judge(plan, Map.of("row", row, "floats", floats), Map.of()).findings().get(0);
  }

  private static Verdict better(RowResults row) {
    return judge(row, new Compared("row", "floats", Hypothesis.better())).verdict();
  }

  private static Verdict asGood(RowResults row) {
    return judge(row, new Compared("row", "floats", Hypothesis.asGoodAs())).verdict();
  }

  @Test
  void betterHoldsWhenTheDifferenceIsMoreThanTheSeedsExplain() {
    assertThat(better(shifted(0.05))).isEqualTo(Verdict.HOLDS);
    assertThat(better(shifted(-0.05))).isEqualTo(Verdict.DOES_NOT);
  }

  @Test
  void betterDoesNotHoldWhenAnyAdvantageIsOfNoAccount() {
    assertThat(better(shifted(0.001))).isEqualTo(Verdict.DOES_NOT);
  }

  @Test
  void betterCannotBeToldWhenTheIntervalReachesFarToBothSides() {
    double[] wide = {-0.3, 0.3, 0.1, -0.1, 0.2};
    assertThat(better(runs(0, 50, wide))).isEqualTo(Verdict.NOT_TOLD);
  }

  @Test
  void asGoodAllowsAMarginAndNoMore() {
    assertThat(asGood(shifted(-0.25))).isEqualTo(Verdict.HOLDS);
    assertThat(asGood(shifted(-0.35))).isEqualTo(Verdict.DOES_NOT);
    assertThat(asGood(shifted(-0.3))).isEqualTo(Verdict.NOT_TOLD);
  }

  @Test
  void twoSeedsTellNothing() {
    RowResults two = runs(0.05, 50, new double[] {0.01, -0.01});
    Finding finding = judge(two, new Compared("row", "floats", Hypothesis.better()));
    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_TOLD);
    assertThat(finding.reason()).isEqualTo("a test needs 3 seeds of both rows, there are 2");
  }

  @Test
  void aRowWithTooFewZerosFailsHoweverGoodItIs() {
    Claim.Test test = new Compared("row", "floats", Hypothesis.atMostBelow(0.3), 0.6);
    assertThat(judge(shifted(0), test).verdict()).isEqualTo(Verdict.DOES_NOT);
    assertThat(judge(runs(0, 61, JITTER), test).verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void zerosAreCounted() {
    assertThat(judge(shifted(0), new Zeros("row", 0.5)).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(judge(shifted(0), new Zeros("row", 0.51)).verdict()).isEqualTo(Verdict.DOES_NOT);
  }

  @Test
  void tooFewZerosAfterQuickRunsTellNothing() {
    Plan plan = plan(Part.DENSE, Budget.brief(), new Zeros("row", 0.51), new Zeros("row", 0.5));
    List<Finding> findings = new Judge(plan, Map.of("row", shifted(0)), Map.of()).findings();
    assertThat(findings.get(0).verdict()).isEqualTo(Verdict.NOT_TOLD);
    assertThat(findings.get(1).verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void oneRunThatDoesNotGiveBackWhatItCarriesIsEnough() {
    Finding finding = judge(shifted(0), new GivesBack("row"));
    assertThat(finding.verdict()).isEqualTo(Verdict.DOES_NOT);
    assertThat(finding.reason()).isEqualTo("4 of 5 runs gave it back to the byte");
  }

  /** The least significant of three tests; the same test of two claims counts once. */
  @Test
  void pValuesAreCorrectedForAllComparisonsOfTheirPart() {
    Claim.Test better = new Compared("row", "floats", Hypothesis.better());
    Map<String, RowResults> results =
        Map.of("row", shifted(0.05), "floats", runs(0, 0, new double[5]));
    Plan one = plan(Part.DENSE, Budget.full(), better);
    Plan three =
        plan(
            Part.DENSE,
            Budget.full(),
            better,
            new Compared("row", "floats", Hypothesis.asGoodAs()),
            better,
            new Compared("row", "floats", Hypothesis.atMostBelow(0.5)));
    double alone = new Judge(one, results, Map.of()).findings().get(0).pValue();
    double together = new Judge(three, results, Map.of()).findings().get(0).pValue();
    assertThat(together).isCloseTo(alone, within(1e-12));
    double least = new Judge(three, results, Map.of()).findings().get(3).pValue();
    PairedDifference difference = shifted(0.05).minus(runs(0, 0, new double[5]));
    assertThat(least).isCloseTo(3 * difference.pValue(-0.5), within(1e-12));
  }

  @Test
  void rowsThatWereNotTrainedSayWhy() {
    Plan plan = plan(Part.CONV, Budget.full(), new Zeros("row", 0.5));
    Finding finding =
        new Judge(plan, Map.of(), Map.of("row", "the data set x is not on this machine"))
            .findings()
            .get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_TOLD);
    assertThat(finding.reason()).isEqualTo("the data set x is not on this machine");
  }

  @Test
  void quickRunsOfResidualNetworksTellNothing() {
    Plan plan =
        plan(Part.RESIDUAL, Budget.brief(), new Compared("row", "floats", Hypothesis.better()));
    Map<String, RowResults> results =
        Map.of("row", shifted(5), "floats", runs(0, 0, new double[5]));
    Finding finding = new Judge(plan, results, Map.of()).findings().get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_TOLD);
    assertThat(finding.reason()).contains("only show that it runs");
  }
}
