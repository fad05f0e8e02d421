package org.bitloom.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bitloom.cli.Captured;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command sweep: its plan, its errors, and one real sweep over a part of MNIST. */
final class SweepCommandTest {
  private static final String TINY = "sweep --epochs 1 --limit 200";

  @TempDir private Path folder;

  private static Map<?, ?> json(String out) {
    return (Map<?, ?>) Json.parse(out.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seeds 5..1 | a range of --seed must rise",
        "--seeds x | --seed must be numbers separated by commas, got 'x'",
        "--bits 2,4 --masks top9 | every mask must fit one of the depths [2, 4], got top9",
        "--masks topp | masks must be topN",
        "--bits 40 | must be 1..32",
        "--keep some | keep must be all, best or none, got 'some'",
        "--parallel 0 | parallel must be at least 1, got 0",
        "--nets lenet300,lenet | lenet",
        "--parallel 2 --master local[2] | --parallel must be left out with --master, got 2",
        "--conf a=b | --conf must come with --master, got none",
        "--threads 0 | threads must be at least 1, got 0",
        "--schedule 1x1e-3 --epochs 2 | --schedule names the epochs"
      })
  void wrongUsageIsToldAndLeavesNoFolder(String options, String message) {
    Path out = folder.resolve("sweep");
    Captured result = Captured.run(TINY + " " + options + " --dry-run --out " + out);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(message).hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void theResultsAreTheSameWhenTheCommandIsGivenAgain() throws IOException {
    String command =
        TINY + " --bits 2,3 --masks top1..top3 --float --seeds 1,2 --keep none --out " + folder;
    Captured first = Captured.run(command + " --json");
    assertThat(first.exitCode()).isZero();
    Map<?, ?> object = json(first.out());
    assertThat(object.get("runs")).isEqualTo(12L);
    assertThat(object.get("failed")).isEqualTo(0L);
    assertThat((List<?>) object.get("table")).hasSize(6);
    assertThat(first.err()).contains("runs           12 (2 seeds)").contains("12/12  lenet300-");
    List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
    assertThat(lines).hasSize(12);
    try (var runs = Files.list(folder.resolve("runs"))) {
      assertThat(runs).isEmpty();
    }

    Captured second = Captured.run(command + " --title Three<Bits");
    assertThat(second.exitCode()).isZero();
    assertThat(second.err()).contains("to train       0, the others have a result");
    assertThat(second.out()).contains("accuracy %").contains("float").contains("top2");
    assertThat(Files.readAllLines(folder.resolve("results.jsonl"))).isEqualTo(lines);
    assertThat(Files.readString(folder.resolve("table.md"))).contains("| bits | mask |");
    assertThat(Files.readString(folder.resolve("sweep.json")))
        .contains("\"command\":\"./bitloom sweep --epochs 1 ");
    assertThat(Files.readString(folder.resolve("accuracy.svg"))).contains(">Three&lt;Bits</text>");
  }

  @Test
  void aFailedRunIsToldByTheExitCodeAndALine() throws IOException {
    Captured result =
        Captured.run("sweep --epochs 1 --limit 100,99999 --quiet --parallel 1 --out " + folder);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("every run must end well, 1 of 2 failed").hasLineCount(1);
    assertThat(Files.readString(folder.resolve("results.jsonl")))
        .contains("\"error\":\"limit must be at most the 60000 training samples, got 99999\"");
  }

  @Test
  void withoutSparkOnTheClassPathAMasterIsAFailureThatNamesTheLauncher() {
    Captured result = Captured.run(TINY + " --quiet --master local[2] --out " + folder);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("must find Spark on the class path, found none")
        .contains("./bitloom")
        .hasLineCount(1);
  }

  @Test
  void theDryRunShowsThePlanAndTrainsNothing() {
    Path out = folder.resolve("sweep");
    Captured result =
        Captured.run(TINY + " --bits 2,4 --masks top1,top3,0110 --json --dry-run --out " + out);
    assertThat(result.exitCode()).isZero();
    Map<?, ?> object = json(result.out());
    Set<String> masks = new TreeSet<>();
    ((List<?>) object.get("runs")).forEach(id -> masks.add(id.toString().split("-", -1)[3]));
    assertThat(masks).containsExactly("0110", "10", "1000", "1110");
    assertThat(object.get("leftOut"))
        .isEqualTo(List.of("top3 does not fit depth 2", "0110 does not fit depth 2"));
    assertThat((Double) object.get("seconds")).isPositive();
    assertThat(out).doesNotExist();
  }
}
