package org.bitloom.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bitloom.data.DataSets;
import org.bitloom.io.CorruptFileException;
import org.bitloom.reproduce.page.Outcome;
import org.bitloom.reproduce.plan.Budget;
import org.bitloom.reproduce.plan.Claim;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.GivesBack;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.reproduce.plan.Hypothesis;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.PayloadKind;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.plan.Row;
import org.bitloom.reproduce.verdict.Finding;
import org.bitloom.reproduce.verdict.Verdict;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.sweep.EngineChoice;
import org.bitloom.sweep.Keep;
import org.bitloom.sweep.SweepEngine;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny plan with real workers: stages, what networks carry, stop and go on, and the page. */
final class ReproductionTest {
  private static final Plan PLAN = plan();
  private static final EngineChoice HERE =
      new EngineChoice(OptionalInt.of(2), Optional.empty(), Map.of());

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Outcome whole;
  private static Path wholePage;

  private static RunChoices bits(int depth, String mask) {
    return RunChoices.none()
        .with(Choice.LIMIT, 200)
        .with(Choice.EPOCHS, 1)
        .with(Choice.DEPTH, depth)
        .with(Choice.MASK, mask);
  }

  private static RunChoices tried(double rate) {
    return bits(8, "all").with(Choice.RATE, rate).with(Choice.VALIDATION, 0.2);
  }

  private static Row row(String key, RunChoices choices, Row.Load load) {
    return new Row(key, Part.NESTED, "row " + key, choices, List.of(1L), load);
  }

  private static Claim claim(String key, Claim.Test test) {
    return new Claim(key, Part.NESTED, Kind.PAPER, "This is " + key + ".", test);
  }

  private static Plan plan() {
    Optional<String> inner = Optional.of("inner");
    Optional<String> none = Optional.empty();
    List<Row> rows =
        List.of(
            row("inner", bits(8, "all"), Row.Load.NONE),
            row("outer", bits(16, "top8"), new Row.Load(none, inner, Optional.empty(), Map.of())),
            row("from", bits(8, "top3"), new Row.Load(inner, none, Optional.empty(), Map.of())),
            row(
                "file",
                bits(32, "top3"),
                new Row.Load(none, none, Optional.of(PayloadKind.RANDOM), Map.of())),
            row(
                "parity",
                bits(32, "top3"),
                new Row.Load(none, none, Optional.of(PayloadKind.PARITY), Map.of())),
            row("slow", tried(1e-6), Row.Load.NONE),
            row("fast", tried(1e-3), Row.Load.NONE),
            row(
                "chosen",
                bits(8, "all"),
                new Row.Load(none, none, Optional.empty(), Map.of("slow", 1e-6, "fast", 1e-3))));
    List<Claim> claims =
        List.of(
            claim("nested", new GivesBack("outer")),
            claim("file", new GivesBack("file")),
            claim("parity", new GivesBack("parity")),
            claim("from", new Compared("from", "inner", Hypothesis.better())));
    return new Plan(Budget.full(), Set.of(Part.NESTED), rows, claims);
  }

  private static Reproduction open(SweepFolder opened) throws IOException {
    FoundData data = FoundData.of(PLAN, DataSets.standard(), Optional.empty());
    return new Reproduction(PLAN, opened, data, 1);
  }

  private static boolean train(
      Reproduction reproduction, SweepFolder opened, SweepEngine.Watcher watcher)
      throws IOException, InterruptedException {
    return reproduction.train(
        data ->
            HERE.open(
                new EngineChoice.Needs(
                    opened, Keep.ALL, data, 1, DeviceChoice.CPU, List.of(DeviceChoice.CPU))),
        watcher);
  }

  /** Asks to stop when so many runs have ended. */
  private record StopAfter(int most, AtomicInteger ended) implements SweepEngine.Watcher {
    StopAfter(int most) {
      this(most, new AtomicInteger());
    }

    @Override
    public void started(SweepRun run) {}

    @Override
    public void progress(SweepRun run, Standing standing) {}

    @Override
    public void ended(TimedResult trained) {
      ended.incrementAndGet();
    }

    @Override
    public boolean stopRequested() {
      return ended.get() >= most;
    }
  }

  @BeforeAll
  static void trainAllAtOnce() throws Exception {
    try (SweepFolder opened = SweepFolder.open(shared)) {
      Reproduction reproduction = open(opened);
      assertThat(reproduction.size()).isEqualTo(8);
      assertThat(train(reproduction, opened, new StopAfter(99))).isTrue();
      whole = reproduction.outcome();
      wholePage = reproduction.write(whole);
    }
  }

  private static Finding finding(String key) {
    return whole.findings().stream()
        .filter(finding -> finding.claim().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void filesAndNetworksComeBackFromTheNetworksTheyWereTrainedInto() {
    for (String key : List.of("nested", "file", "parity")) {
      assertThat(finding(key).verdict()).as(key).isEqualTo(Verdict.HOLDS);
      assertThat(finding(key).reason()).isEqualTo("1 of 1 runs gave it back to the byte");
    }
  }

  @Test
  void oneSeedCannotTellWhatNeedsATest() {
    assertThat(finding("from").verdict()).isEqualTo(Verdict.NOT_TOLD);
  }

  @Test
  void theRateIsTheOneThatIsBestOnSamplesHeldOut() throws IOException {
    assertThat(whole.rates()).containsExactly(Map.entry("chosen", 1e-3));
    assertThat(Files.readString(wholePage))
        .contains("| row chosen, rate 0.001 of those above | 1 |")
        .contains("| row slow | ");
  }

  @Test
  void onlyTheNetworksThatAreNeededAreKept() throws IOException {
    try (Stream<Path> runs = Files.list(shared.resolve("runs"))) {
      assertThat(runs).hasSize(4); // none from floats, none to choose a rate
    }
  }

  @Test
  void thePageTellsTheMachineAndHasItsFigure() throws IOException {
    String page = Files.readString(wholePage);
    assertThat(page).contains("## Machines\n\n- processor ").contains("kernels").contains("jdk");
    assertThat(page).contains("![A network in the free bits](pictures/reproduce-nested.svg)");
    assertThat(shared.resolve("pictures/reproduce-nested.svg")).exists();
    assertThat(page).doesNotContain(shared.toString());
  }

  private static Set<String> lines(Path folder) throws IOException {
    Set<String> lines = new TreeSet<>();
    for (String line : Files.readAllLines(folder.resolve("results.jsonl"))) {
      lines.add(line.replace(folder.toString(), "FOLDER").replaceAll("-[0-9a-f]{8}\"", "\""));
    }
    return lines;
  }

  @Test
  void stoppedAfterEachRunItEndsInTheSamePage() throws Exception {
    boolean ended = false;
    int times = 0;
    while (!ended && times < 9) {
      try (SweepFolder opened = SweepFolder.open(folder)) {
        Reproduction reproduction = open(opened);
        ended = train(reproduction, opened, new StopAfter(3));
        reproduction.write(reproduction.outcome());
      }
      times++;
    }
    assertThat(ended).isTrue();
    assertThat(times).isGreaterThan(1);
    Path page = folder.resolve("reproduce.md");
    assertThat(page).hasSameTextualContentAs(wholePage);
    assertThat(folder.resolve("pictures/reproduce-nested.svg"))
        .hasSameBinaryContentAs(shared.resolve("pictures/reproduce-nested.svg"));
    assertThat(lines(folder)).hasSameSizeAs(lines(shared));
  }

  @Test
  void aNetworkThatIsNeededAndWasDeletedIsTrainedAgain() throws Exception {
    try (SweepFolder opened = SweepFolder.open(shared)) {
      int runs = opened.ends().size();
      for (SweepRun run : opened.ends().stream().map(RunResult::run).toList()) {
        if (run.settings().nested().isPresent()) {
          opened.drop(run);
        }
      }
      StopAfter again = new StopAfter(99);
      assertThat(train(open(opened), opened, again)).isTrue();
      assertThat(again.ended()).hasValue(1);
      assertThat(opened.ends()).hasSize(runs);
    }
  }

  @Test
  void rowsWhoseDataAreMissingAreLeftOutAndTheVerdictSaysWhy() throws Exception {
    FoundData none =
        new FoundData(Map.of(), Map.of(), Map.of("mnist", "the data set is not on this machine"));
    try (SweepFolder opened = SweepFolder.open(folder)) {
      Reproduction reproduction = new Reproduction(PLAN, opened, none, 1);
      assertThat(reproduction.left()).isEmpty();
      assertThat(train(reproduction, opened, new StopAfter(99))).isTrue();
      assertThat(reproduction.outcome().findings())
          .allMatch(finding -> finding.verdict() == Verdict.NOT_TOLD)
          .allMatch(finding -> finding.reason().equals("the data set is not on this machine"));
    }
  }

  @Test
  void damagedFactsOfMachinesAreRefusedWithTheirFile() throws IOException {
    Files.writeString(folder.resolve("machines.json"), "[{");
    assertThatThrownBy(() -> Machines.open(folder))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("machines.json");
  }
}
