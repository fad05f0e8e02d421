package org.bitloom.bench.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  private static final GuardTable ONE =
      new GuardTable("kernels", BenchmarkMachine.processor(), Map.of("a / b", 2.0));

  @Test
  void noRatioIsMuchWorseThanStored() throws IOException {
    GuardTable stored = GuardTable.stored();
    // elsewhere another processor may have its way; where changes are judged nothing is skipped
    if ("true".equals(System.getenv("CI"))) {
      assertThat(Guard.kernels()).isEqualTo(stored.kernels());
    }
    assumeThat(Guard.kernels()).isEqualTo(stored.kernels());
    List<Guard.Finding> findings = new Guard().compare(stored);
    String report =
        findings.stream().map(Guard.Finding::toString).collect(Collectors.joining("\n"));
    Files.writeString(Path.of(System.getProperty("bitloom.guard.report")), report + "\n");
    assertThat(findings)
        .as("%s%nif it has to be: ./bitloom-bench guard --write FILE", report)
        .allMatch(Guard.Finding::isGood);
  }

  @Test
  void aRatioBeyondItsBoundIsMeasuredAgain() {
    Deque<Double> values = new ArrayDeque<>(List.of(3.1, 2.9, 1.0));
    Guard.Finding finding = guard(values::pop).compare(ONE).get(0);
    assertThat(finding.isGood()).isTrue();
    assertThat(finding.measured()).isEqualTo(2.9);
    assertThat(values).as("not tried").containsExactly(1.0);
  }

  @Test
  void aRatioThatStaysBeyondItsBoundIsFoundWorseWithTheBestTry() {
    Deque<Double> values = new ArrayDeque<>(List.of(3.3, 3.1, 3.2));
    Guard.Finding finding = guard(values::pop).compare(ONE).get(0);
    assertThat(finding.isGood()).isFalse();
    assertThat(finding.measured()).isEqualTo(3.1);
    assertThat(finding).asString().contains("a / b").contains("at most   3.000: WORSE");
  }

  @Test
  void aRatioThatTheTableDoesNotKnowIsNotGood() {
    GuardTable empty = new GuardTable("kernels", BenchmarkMachine.processor(), Map.of());
    assertThat(guard(() -> 1).compare(empty).get(0).isGood()).isFalse();
  }

  @Test
  void anotherProcessorThanThatOfTheTableMayBeThreeTimesWorse() {
    GuardTable foreign = new GuardTable("kernels", "another", Map.of("a / b", 2.0));
    assertThat(guard(() -> 6).compare(foreign).get(0).isGood()).isTrue();
    assertThat(guard(() -> 6.1).compare(foreign).get(0).isGood()).isFalse();
  }

  @Test
  void aTableHoldsTheMediansAndIsReadAsItWasWritten(@TempDir Path folder) throws IOException {
    Deque<Double> values = new ArrayDeque<>(List.of(3.0, 1.0, 2.0));
    GuardTable table = guard(values::pop).measure();
    Path file = folder.resolve("guard.txt");
    table.write(file);
    assertThat(GuardTable.parse(Files.readString(file))).isEqualTo(table);
    assertThat(table.ratios()).containsEntry("a / b", 2.0);
  }

  private static Guard guard(DoubleSupplier ratio) {
    return new Guard(Map.of("a / b", ratio));
  }
}
