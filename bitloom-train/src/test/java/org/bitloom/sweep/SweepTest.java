package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.run.EpochResult;
import org.bitloom.run.EpochResult.Score;
import org.bitloom.settings.RunSettings;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep writes down and keeps, with an engine that only pretends. */
class SweepTest {
  @TempDir Path folder;

  private SweepPlan plan;
  private final List<String> trained = new ArrayList<>();
  private Set<String> failing = Set.of();

  @BeforeEach
  void planThreeRuns() {
    List<RunSettings> settings =
        Stream.of(1L, 2L, 3L)
            .map(seed -> ToySweep.settings(Path.of("data"), Map.of("seed", seed)))
            .toList();
    plan = SweepPlan.of(settings);
  }

  /** Says that every run came to an accuracy of a tenth of its seed. */
  private void pretend(List<SweepRun> runs, SweepEngine.Watcher watcher) throws IOException {
    for (SweepRun run : runs) {
      trained.add(run.id());
      Path runFolder = folder.resolve("runs").resolve(run.id());
      Files.createDirectories(runFolder.resolve("checkpoint"));
      Files.writeString(runFolder.resolve("config.json"), "{}");
      watcher.ended(new TimedResult(end(run), 1.5));
    }
  }

  private RunResult end(SweepRun run) {
    if (failing.contains(run.id())) {
      return new RunResult.Failed(run, "loss must be finite", "lower the learning rate");
    }
    double accuracy = run.settings().seed() / 10.0;
    return new RunResult.Finished(run, ToySweep.result(accuracy), "00");
  }

  private List<RunResult> sweep(Keep keep) throws Exception {
    try (SweepFolder opened = SweepFolder.open(folder)) {
      return new Sweep(opened, plan, keep).run(this::pretend, ToySweep.NOBODY);
    }
  }

  private String id(int run) {
    return plan.runs().get(run).id();
  }

  private Set<String> kept() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.map(run -> run.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void equalSettingsAreOneRun() {
    RunSettings one = ToySweep.settings(Path.of("data"), Map.of());
    assertThat(SweepPlan.of(List.of(one, one)).runs()).hasSize(1);
    assertThatThrownBy(() -> SweepPlan.of(List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("empty grid");
  }

  @Test
  void linesHoldWhatIsTheSameEachTime() throws Exception {
    sweep(Keep.ALL);
    assertThat(Files.readAllLines(folder.resolve("results.jsonl")))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("testAccuracy").doesNotContain("seconds"));
    assertThat(Files.readString(folder.resolve("times.jsonl"))).contains("\"seconds\":1.5");
  }

  @Test
  void finishedRunsAreNotRepeatedAndFailedOnesAre() throws Exception {
    failing = Set.of(id(1));
    assertThat(sweep(Keep.ALL)).hasSize(3);
    failing = Set.of();
    trained.clear();
    assertThat(sweep(Keep.ALL)).allMatch(RunResult.Finished.class::isInstance);
    assertThat(trained).containsExactly(id(1));
    assertThat(Files.readAllLines(folder.resolve("results.jsonl"))).hasSize(3);
  }

  @Test
  void halfALineIsTakenAwayAndItsRunRepeated() throws Exception {
    sweep(Keep.ALL);
    Path results = folder.resolve("results.jsonl");
    String text = Files.readString(results);
    Files.writeString(results, text.substring(0, text.length() - 9));
    trained.clear();
    sweep(Keep.ALL);
    assertThat(trained).containsExactly(id(2));
    assertThat(Files.readString(results)).isEqualTo(text);
  }

  @Test
  void aDamagedLineIsRefused() throws Exception {
    sweep(Keep.ALL);
    Path results = folder.resolve("results.jsonl");
    Files.writeString(results, "{\n" + Files.readString(results));
    assertThatThrownBy(() -> sweep(Keep.ALL)).isInstanceOf(CorruptFileException.class);
  }

  @Test
  void foldersAreKeptAsAsked() throws Exception {
    sweep(Keep.ALL);
    assertThat(kept()).containsExactlyInAnyOrder(id(0), id(1), id(2));
    sweep(Keep.BEST);
    assertThat(kept()).containsExactly(id(2));
    sweep(Keep.NONE);
    assertThat(kept()).isEmpty();
    assertThat(trained).hasSize(3);
  }

  @Test
  void anEngineThatTellsTwiceIsHeardOnce() throws Exception {
    SweepEngine twice =
        (runs, watcher) -> {
          pretend(runs, watcher);
          pretend(runs, watcher);
        };
    try (SweepFolder opened = SweepFolder.open(folder)) {
      new Sweep(opened, plan, Keep.ALL).run(twice, ToySweep.NOBODY);
    }
    assertThat(Files.readAllLines(folder.resolve("results.jsonl"))).hasSize(3);
  }

  @Test
  void otherFilesAreLeftAlone() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> sweep(Keep.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("holds other files");
    Path file = folder.resolve("thesis.txt");
    assertThatThrownBy(() -> SweepFolder.open(file)).isInstanceOf(UsageException.class);
  }

  @Test
  void oneProcessWorksInAFolder() throws Exception {
    try (SweepFolder opened = SweepFolder.open(folder)) {
      assertThat(opened.ends()).isEmpty();
      assertThatThrownBy(() -> SweepFolder.open(folder))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("only one process");
    }
  }

  private static EpochResult heldOut(double test, double validation) {
    EpochResult result = ToySweep.result(test);
    Optional<Score> held = Optional.of(new Score(1, validation));
    return new EpochResult(1, result.train(), held, result.test(), result.weights());
  }

  @Test
  void theBestRunIsToldByHeldOutSamplesIfThereAreAny() {
    RunResult.Finished high = new RunResult.Finished(plan.runs().get(0), heldOut(0.9, 0.1), "00");
    RunResult.Finished low = new RunResult.Finished(plan.runs().get(1), heldOut(0.8, 0.2), "00");
    assertThat(Keep.BEST.among(List.of(high, low)).test(low)).isTrue();
    assertThat(Keep.BEST.among(List.of(high, low)).test(high)).isFalse();
    assertThat(Optional.of(Keep.parse("best"))).contains(Keep.BEST);
    assertThatThrownBy(() -> Keep.parse("some")).isInstanceOf(UsageException.class);
  }
}
