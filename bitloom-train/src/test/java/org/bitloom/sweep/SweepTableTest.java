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
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private final List<RunResult> ends = new ArrayList<>();

  private void add(Map<String, Object> replaced, double... accuracies) {
    for (int seed = 1; seed <= accuracies.length; seed++) {
      Map<String, Object> settings = new TreeMap<>(replaced);
      settings.put("seed", (long) seed);
      SweepRun run = SweepRun.of(ToySweep.settings(Path.of("data"), settings));
      ends.add(new RunResult.Finished(run, ToySweep.result(accuracies[seed - 1]), "00"));
    }
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
    add(Map.of(), 0.90, 0.91, 0.92);
    add(Map.of("batch", 25L), 0.50, 0.52);
    add(ToySweep.bits("111"), 0.80, 0.81, 0.82);
    Row bits =
        SweepTable.of(ends).rows().stream()
            .filter(row -> row.baseline().isPresent())
            .reduce((one, other) -> null)
            .orElseThrow();
    assertThat(bits.baseline().get().difference()).isCloseTo(-0.1, within(1e-12));
    assertThat(bits.baseline().get().verdict()).isEqualTo(Verdict.WORSE);
  }

  @Test
  void theMoreRowsAreComparedTheMoreADifferenceMustBe() {
    add(Map.of(), 0.900, 0.901, 0.902);
    add(ToySweep.bits("111"), 0.904, 0.905, 0.906); // alone p = 0.008
    assertThat(verdicts()).containsExactly(Verdict.BETTER);
    for (int mask = 1; mask < 7; mask++) {
      add(ToySweep.bits(Integer.toBinaryString(8 + mask)), 0.899, 0.9012, 0.9025);
    }
    assertThat(verdicts()).hasSize(7).containsOnly(Verdict.NOT_SHOWN);
  }

  private List<Verdict> verdicts() {
    return SweepTable.of(ends).rows().stream()
        .flatMap(row -> row.baseline().stream())
        .map(Comparison::verdict)
        .toList();
  }
}
