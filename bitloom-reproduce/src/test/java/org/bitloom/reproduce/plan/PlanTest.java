package org.bitloom.reproduce.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bitloom.error.UsageException;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plans, full, quick and in part: each claim has the runs that it needs. */
final class PlanTest {
  private static final Plan FULL = Plan.of(List.of(), Budget.full());
  private static final Plan QUICK = Plan.of(List.of(), Budget.brief());

  @ParameterizedTest
  @EnumSource(Part.class)
  void everyPartStandsAloneAndHasAClaimOfThePaper(Part part) {
    for (Budget budget : List.of(Budget.full(), Budget.brief())) {
      Plan plan = Plan.of(List.of(part), budget); // refuses what is not whole
      assertThat(plan.claims())
          .allMatch(claim -> claim.part() == part)
          .anyMatch(claim -> claim.kind() == Kind.PAPER);
    }
  }

  @Test
  void everyRowIsSettingsThatCanBeTrained() throws IOException {
    for (Plan plan : List.of(FULL, QUICK)) {
      for (Row row : plan.rows()) {
        for (long seed : row.seeds()) {
          assertThat(row.bare(seed, 1).seed()).isEqualTo(seed);
        }
      }
    }
  }

  /** A paired test needs the same seeds, and a fair one the same data and epochs. */
  @Test
  void rowsThatAreComparedDifferInNeitherDataNorEpochs() throws IOException {
    for (Claim claim : FULL.claims()) {
      if (claim.test() instanceof Compared test && !claim.key().startsWith("goal-from-floats")) {
        RunSettings one = FULL.row(test.row()).bare(1, 1);
        RunSettings other = FULL.row(test.baseline()).bare(1, 1);
        assertThat(one.data()).as(claim.key()).isEqualTo(other.data());
        assertThat(one.network()).as(claim.key()).isEqualTo(other.network());
        assertThat(one.batch()).as(claim.key()).isEqualTo(other.batch());
        assertThat(one.schedule().epochs()).as(claim.key()).isEqualTo(other.schedule().epochs());
      }
    }
  }

  @Test
  void everyTestOfTheFullPlanHasTheSeedsItNeeds() {
    for (Claim claim : FULL.claims()) {
      assertThat(FULL.row(claim.test().row()).seeds()).as(claim.key()).hasSizeGreaterThan(2);
    }
    assertThat(FULL.row("mnist-111000").seeds()).hasSize(10);
  }

  @Test
  void everyRowIsThereForAClaimOrAFigure() {
    Set<String> used = new TreeSet<>(FULL.sources());
    FULL.rows().forEach(row -> used.addAll(row.load().rows()));
    for (Claim claim : FULL.claims()) {
      used.add(claim.test().row());
      if (claim.test() instanceof Compared test) {
        used.add(test.baseline());
      }
    }
    assertThat(FULL.rows())
        .filteredOn(row -> row.part() != Part.BITS)
        .extracting(Row::key)
        .filteredOn(key -> !used.contains(key))
        .containsExactlyInAnyOrder("mnist-all-independent", "fashion-all");
  }

  @Test
  void whatARunNeedsIsTrainedInAnEarlierStage() {
    List<Set<String>> stages =
        FULL.stages().stream()
            .map(rows -> rows.stream().map(Row::key).collect(Collectors.toSet()))
            .toList();
    assertThat(stages).hasSize(3);
    assertThat(stages.get(0))
        .contains("nested-inner", "payload-random", "mnist-float", "resnet20-sgd-rate-0.1");
    assertThat(stages.get(1))
        .contains("nested-mnist", "resnet20-sgd", "resnet20-from-floats-rate-3.0E-4");
    assertThat(stages.get(2))
        .containsExactlyInAnyOrder("resnet20-from-floats", "resnet20-from-floats-32");
  }

  @Test
  void ratesAreChosenOnSamplesHeldOutAndOnlyThere() throws IOException {
    for (Row row : FULL.rows()) {
      for (String tried : row.load().rates().keySet()) {
        assertThat(FULL.row(tried).bare(1, 1).data().validation()).isEqualTo(0.1);
        assertThat(FULL.row(tried).seeds()).containsExactly(1L);
      }
      if (!row.key().contains("-rate-")) {
        assertThat(row.bare(1, 1).data().validation()).as(row.key()).isZero();
      }
    }
    assertThat(QUICK.rows()).allMatch(row -> row.load().rates().isEmpty());
  }

  @Test
  void aShareOfTheEpochsShortensEveryPhase() throws IOException {
    Plan tenth = Plan.of(List.of(Part.DENSE), new Budget(false, 0.1, List.of(7L)));
    RunSettings floats = tenth.row("mnist-float").bare(7, 1);
    assertThat(floats.schedule()).hasToString("2x0.0009,1x0.00009,1x9e-6");
    assertThat(floats.weights()).isInstanceOf(FloatWeights.class);
    assertThat(tenth.rows()).allSatisfy(row -> assertThat(row.seeds()).containsExactly(7L));
  }

  @Test
  void wrongWordsAndSharesAreToldWithWhatToDo() {
    assertThatThrownBy(() -> Part.parse("conf"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--only must name parts of dense, conv, residual, bits, payload, nested, got 'conf'");
    assertThatThrownBy(() -> new Budget(false, 0, List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("--epochs-share must be above 0 and at most 1, got 0.0");
    assertThatThrownBy(() -> new Budget(true, 0.5, List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--quick has epochs of its own");
    assertThatThrownBy(() -> new Budget(false, 1, List.of(1L, 1L)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("each seed once");
  }

  @Test
  void theCommandOfARowIsThatOfTrain() {
    assertThat(FULL.row("mnist-111000").command())
        .isEqualTo(
            "./bitloom train --net lenet300 --data mnist --bits 6 --mask 111000"
                + " --schedule 15x9e-4,10x9e-5,5x9e-6 --batch 25"
                + " --seed SEED --out mnist-111000-SEED");
    assertThat(FULL.row("resnet20-from-floats").command())
        .contains("--lr RATE ")
        .endsWith("--init-from resnet20-sgd-SEED --seed SEED --out resnet20-from-floats-SEED");
  }
}
