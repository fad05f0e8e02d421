package org.bitloom.reproduce.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.plan.Row;
import org.bitloom.reproduce.verdict.Finding;
import org.bitloom.reproduce.verdict.RowResults;

/** The page as Markdown: verdicts first, then the runs of each part, rules and machines. */
public final class Page {
  private final Outcome outcome;
  private final Plan plan;
  private final List<Finding> findings;
  private final Map<Part, List<String>> figures;

  /**
   * Takes what to tell.
   *
   * @param figures paths of pictures from the folder of the page, by the part they belong to
   */
  public Page(Outcome outcome, Map<Part, List<String>> figures) {
    this.outcome = outcome;
    this.plan = outcome.plan();
    this.findings = outcome.findings();
    this.figures = Map.copyOf(figures);
  }

  /** Returns the whole page, each line with its end. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("# The claims of the paper, settled by runs\n\n");
    text.append(
        Words.wrapped(
            "The claims are those of the abstract of Cristian Ivan, [Bit-wise Training of Neural"
                + " Network Weights](https://arxiv.org/abs/2202.09571), arXiv:2202.09571, in our"
                + " words. This page and its figures come from",
            ""));
    text.append("\n    ");
    text.append(Words.command(plan)).append("\n\n");
    text.append(budget());
    text.append(verdicts(Kind.PAPER, "## Claims of the paper", "claim"));
    text.append(verdicts(Kind.GOAL, "## Goals of this project", "goal"));
    text.append(Rules.text(findings));
    plan.parts().stream().sorted().forEach(part -> text.append(part(part)));
    text.append(machines());
    return text.toString();
  }

  private String budget() {
    if (plan.budget().quick()) {
      boolean small = plan.parts().stream().anyMatch(Part::isTooSmallWhenQuick);
      return Words.wrapped(
              "**These are the quick runs**: few training images, few epochs, few seeds. A verdict"
                  + " here is one on such short runs, not on the paper's. "
                  + (small
                      ? "Of convolutional and residual networks they only show that they run. "
                      : "")
                  + "The command without `--quick` trains the full plan.",
              "")
          + "\n";
    }
    return plan.budget().epochsShare() == 1
        ? ""
        : Words.wrapped(
                "**A part of the epochs**: every run has "
                    + plan.budget().epochsShare()
                    + " of the epochs of the full plan, at least one in each phase. A verdict here"
                    + " is one on such runs, and no rate was chosen for them.",
                "")
            + "\n";
  }

  private String verdicts(Kind kind, String heading, String what) {
    MarkdownTable table =
        new MarkdownTable(what, "verdict", "points", "95 % interval", "p", "seeds", "why");
    for (Finding finding : findings) {
      if (finding.claim().kind() == kind) {
        table.add(
            finding.claim().sentence(),
            "**" + finding.verdict().text(kind) + "**",
            finding.difference().map(found -> Words.points(found.mean())).orElse(""),
            finding.difference().map(found -> Words.interval(found.low(), found.high())).orElse(""),
            Words.pValue(finding.pValue()),
            Integer.toString(seeds(finding)),
            finding.reason());
      }
    }
    return table.hasRows() ? heading + "\n\n" + table + "\n" : "";
  }

  private int seeds(Finding finding) {
    return finding
        .difference()
        .map(found -> found.count())
        .orElse(outcome.row(finding.claim().test().row()).runs().size());
  }

  private String part(Part part) {
    StringBuilder text = new StringBuilder("## " + part.title() + "\n\n");
    for (String figure : figures.getOrDefault(part, List.of())) {
      text.append("![").append(part.title()).append("](").append(figure).append(")\n\n");
    }
    MarkdownTable table = new MarkdownTable("runs", "seeds", "test accuracy %", "zeros %");
    MarkdownTable tried = new MarkdownTable("runs to choose a learning rate", "held out %");
    List<String> commands = new ArrayList<>();
    for (Row row : plan.rows()) {
      if (row.part() == part) {
        RowResults results = outcome.row(row.key());
        if (!results.heldOut().isEmpty()) {
          tried.add(row.title(), Words.spread(results.heldOut(), 2));
        } else {
          table.add(
              row.title() + rate(row),
              results.runs().isEmpty() ? "none" : Words.seeds(results.runs().keySet()),
              Words.spread(results.accuracy(), 2),
              Words.spread(results.zeros(), 1));
        }
        commands.add(row.command());
      }
    }
    if (tried.hasRows()) {
      text.append(tried).append("\n");
    }
    text.append(table)
        .append("\nThe same runs one by one, with `--threads 1` if nothing else was told:\n\n");
    commands.forEach(command -> text.append("    ").append(command).append("\n"));
    return text.append("\n").toString();
  }

  /** Tells the learning rate if it was chosen. */
  private String rate(Row row) {
    Double chosen = outcome.rates().get(row.key());
    return chosen == null ? "" : ", rate " + chosen + " of those above";
  }

  private String machines() {
    StringBuilder text = new StringBuilder("## Machines\n\n");
    for (Map<String, String> machine : outcome.machines()) {
      List<String> facts =
          machine.entrySet().stream().map(fact -> fact.getKey() + " " + fact.getValue()).toList();
      text.append(Words.wrapped("- " + String.join(", ", facts), "  "));
    }
    if (outcome.machines().isEmpty()) {
      text.append("None was recorded.\n");
    }
    return text.toString();
  }
}
