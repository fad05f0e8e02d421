package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitloom.sweep.Comparison.Verdict;
import org.bitloom.sweep.SweepTable.Row;
import org.bitloom.worker.RunEnd;
import org.bitloom.worker.SweepRun;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private final List<RunEnd> ends = new ArrayList<>();

  private void add(Map<String, Object> replaced, double... accuracies) {
    for (int seed = 1; seed <= accuracies.length; seed++) {
      Map<String, Object> settings = new TreeMap<>(replaced);
      settings.put("seed", (long) seed);
      SweepRun run = SweepRun.of(ToySweep.settings(Path.of("data"), settings));
      ends.add(new RunEnd.Finished(run, ToySweep.result(accuracies[seed - 1]), "00"));
    }
  }

  @Test
  void spreadIsThatOfASample() {
    Spread spread = Spread.of(0.5, 0.75, 1.0);
    assertThat(spread).isEqualTo(new Spread(3, 0.75, 0.25, 0.5, 1.0));
    assertThat(Spread.of(0.5).deviation()).isZero();
  }

  @Test
  void rowsAreGroupedOverSeedsAndTheBestMeanStandsFirst() {
    add(ToySweep.bits("11"), 0.5, 0.6);
    add(ToySweep.bits("111"), 0.7, 0.8);
    SweepTable table = SweepTable.of(ends);
    assertThat(table.rows()).extracting(row -> row.accuracy().count()).containsExactly(2, 2);
    assertThat(table.rows().get(0).accuracy().mean()).isCloseTo(0.75, within(1e-12));
    assertThat(table.rows().get(0).nonZeroShare()).isCloseTo(0.8, within(1e-12));
    assertThat(table.rows()).allMatch(row -> row.baseline().isEmpty());
  }

  @Test
  void everyRowIsComparedWithFloatsOfItsOwnSettings() {
    add(Map.of(), 0.90, 0.92);
    add(Map.of("batch", 25L), 0.50, 0.52);
    add(ToySweep.bits("111"), 0.80, 0.82);
    Row bits =
        SweepTable.of(ends).rows().stream()
            .filter(row -> row.baseline().isPresent())
            .reduce((one, other) -> null)
            .orElseThrow();
    assertThat(bits.baseline().get().difference()).isCloseTo(-0.1, within(1e-12));
    assertThat(bits.baseline().get().verdict()).isEqualTo(Verdict.WORSE);
  }

  @Test
  void aDifferenceCountsBeyondTwoStandardErrors() {
    Spread baseline = Spread.of(0.49, 0.50, 0.51); // standard error 0.00577
    assertThat(Comparison.of(shifted(0.016), baseline).verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(Comparison.of(shifted(0.017), baseline).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(Comparison.of(shifted(-0.017), baseline).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(Comparison.of(Spread.of(0.9), baseline).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static Spread shifted(double by) {
    return Spread.of(0.49 + by, 0.50 + by, 0.51 + by);
  }
}
