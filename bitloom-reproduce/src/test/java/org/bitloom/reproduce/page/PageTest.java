package org.bitloom.reproduce.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.bitloom.reproduce.verdict.RowResults;
import org.bitloom.reproduce.verdict.RowResults.Run;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of made-up runs, word by word. */
final class PageTest {
  private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 5L);

  @TempDir Path folder;

  private static Row row(String key, Part part, RunChoices choices) {
    return new Row(key, part, "the " + key, choices, SEEDS, Row.Load.NONE);
  }

  private static Plan plan() {
    RunChoices bits = RunChoices.none().with(Choice.DEPTH, 6);
    List<Row> rows =
        List.of(
            row("floats", Part.DENSE, RunChoices.none().with(Choice.FLOATS, true)),
            row("bits", Part.DENSE, bits.with(Choice.MASK, "111000")),
            row("file", Part.PAYLOAD, bits.with(Choice.MASK, "top3")),
            row("clothes", Part.DENSE, bits.with(Choice.DATA, "fashion-mnist")));
    Claim.Test better = new Compared("bits", "floats", Hypothesis.better());
    return new Plan(
        new Budget(false, 0.5, List.of()),
        Set.of(Part.DENSE, Part.PAYLOAD),
        rows,
        List.of(
            new Claim("a", Part.DENSE, Kind.PAPER, "Bits are better.", better),
            new Claim("b", Part.DENSE, Kind.GOAL, "Our bits are better.", better),
            new Claim("c", Part.DENSE, Kind.PAPER, "Bits are sparse.", new Zeros("bits", 0.25)),
            new Claim("d", Part.PAYLOAD, Kind.PAPER, "It comes back.", new GivesBack("file")),
            new Claim(
                "e",
                Part.DENSE,
                Kind.PAPER,
                "So do clothes.",
                new Compared("clothes", "floats", Hypothesis.asGoodAs()))));
  }

  private static RowResults runs(double zeros, Optional<Boolean> back, double... accuracies) {
    Map<Long, Run> runs = new LinkedHashMap<>();
    for (int i = 0; i < accuracies.length; i++) {
      runs.put(SEEDS.get(i), new Run(accuracies[i], zeros, Optional.empty(), back));
    }
    return new RowResults(runs);
  }

  private static Outcome outcome() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processor", "An Abacus | 8 beads");
    machine.put("bitloom", "0.1.0");
    return new Outcome(
        plan(),
        Map.of(
            "floats", runs(0, Optional.empty(), 98.0, 98.1, 98.2, 98.3),
            "bits", runs(30.04, Optional.empty(), 98.2, 98.31, 98.42, 98.49),
            "file", runs(0, Optional.of(true), 97.5)),
        Map.of("clothes", "the data set fashion-mnist is not on this machine"),
        Map.of(),
        List.of(machine));
  }

  @Test
  void thePageIsTheOneThatWasAgreedOn() throws IOException {
    Outcome outcome = outcome();
    String page = new Page(outcome, new Figures(outcome, folder).draw()).text();
    try (InputStream golden = PageTest.class.getResourceAsStream("page.md")) {
      String expected =
          golden == null ? "" : new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(page).isEqualTo(expected);
    }
  }

  @Test
  void theFigureIsDrawnTwiceWithTheSameBytes() throws IOException {
    Path figure = folder.resolve("pictures/reproduce-dense.svg");
    new Figures(outcome(), folder).draw();
    byte[] once = Files.readAllBytes(figure);
    new Figures(outcome(), folder).draw();
    assertThat(Files.readAllBytes(figure)).isEqualTo(once);
    assertThat(new String(once, StandardCharsets.UTF_8))
        .contains("the bits against the floats")
        .contains("--epochs-share 0.5")
        .doesNotContain("clothes");
  }

  @Test
  void theCommandHoldsWhatWasChosenAndNoPlace() {
    assertThat(Words.command(plan()))
        .isEqualTo("./bitloom reproduce --only dense,payload --epochs-share 0.5");
    Plan quick = Plan.of(List.of(), new Budget(true, 1, List.of(2L, 3L, 4L, 9L)));
    assertThat(Words.command(quick)).isEqualTo("./bitloom reproduce --quick --seeds 2..4,9");
  }
}
