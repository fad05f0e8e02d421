package org.bitloom.reproduce.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.bitloom.plot.Caption;
import org.bitloom.plot.Differences;
import org.bitloom.plot.Differences.Line;
import org.bitloom.plot.SweepPictures;
import org.bitloom.plot.SweepPoint;
import org.bitloom.plot.SweepResults;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.plan.Row;
import org.bitloom.reproduce.verdict.Finding;
import org.bitloom.reproduce.verdict.PairedDifference;
import org.bitloom.reproduce.verdict.RowResults;
import org.bitloom.settings.RunChoices.Choice;

/** Draws the figures of a page into the folder {@code pictures} beside it. */
public final class Figures {
  private static final String FOLDER = "pictures";

  private final Outcome outcome;
  private final Plan plan;
  private final Path folder;
  private final Map<Part, List<String>> drawn = new LinkedHashMap<>();

  /**
   * Takes what to draw.
   *
   * @param folder of the page
   */
  public Figures(Outcome outcome, Path folder) {
    this.outcome = outcome;
    this.plan = outcome.plan();
    this.folder = folder;
  }

  /** Draws all figures that apply; returns their paths from the folder of the page, by part. */
  public Map<Part, List<String>> draw() throws IOException {
    Files.createDirectories(folder.resolve(FOLDER));
    for (Part part : plan.parts().stream().sorted().toList()) {
      differences(part);
    }
    if (plan.parts().contains(Part.BITS)) {
      masks();
    }
    return drawn;
  }

  private void add(Part part, Path picture) {
    drawn.computeIfAbsent(part, key -> new ArrayList<>()).add(FOLDER + "/" + picture.getFileName());
  }

  private void differences(Part part) throws IOException {
    List<Line> lines =
        outcome.findings().stream()
            .filter(finding -> finding.claim().part() == part)
            .flatMap(finding -> line(finding).stream())
            .distinct() // a claim of the paper may be a goal of ours too
            .toList();
    if (lines.isEmpty()) {
      return;
    }
    Differences picture =
        new Differences(part.title(), lines, List.of("Command: " + Words.command(plan)));
    Path folderOfPictures = folder.resolve(FOLDER);
    add(part, picture.draw(folderOfPictures, name(plan, part.label())).written().get(0));
  }

  /** Draws accuracy against the trained bits, as a sweep does. */
  private void masks() throws IOException {
    List<SweepPoint> points = new ArrayList<>();
    List<Double> floats = new ArrayList<>();
    for (Row row : plan.rows()) {
      if (row.part() == Part.BITS) {
        outcome.row(row.key()).runs().forEach((seed, run) -> add(row, seed, run, points, floats));
      }
    }
    if (points.isEmpty()) {
      return;
    }
    Caption caption =
        new Caption(
            "Which bits matter",
            "lenet300",
            "mnist",
            Words.seeds(points.stream().map(SweepPoint::seed).distinct().toList()),
            Words.command(plan));
    SweepResults results = new SweepResults(points, Map.of("", floats), caption);
    SweepPictures.draw(results, folder.resolve(FOLDER), name(plan, "")).written().stream()
        .filter(file -> file.toString().endsWith(".svg"))
        .forEach(file -> add(Part.BITS, file));
  }

  private static void add(
      Row row, long seed, RowResults.Run run, List<SweepPoint> points, List<Double> floats) {
    Object depth = row.choices().given().get(Choice.DEPTH);
    if (depth == null) {
      floats.add(run.accuracy() / 100);
      return;
    }
    BitMask mask = BitMask.parse((String) row.choices().given().get(Choice.MASK));
    points.add(
        new SweepPoint(
            (int) depth,
            mask.at((int) depth).mask(),
            "",
            seed,
            run.accuracy() / 100,
            1 - run.zeros() / 100));
  }

  private Optional<Line> line(Finding finding) {
    if (!(finding.claim().test() instanceof Compared test)
        || finding.difference().filter(found -> found.count() > 0).isEmpty()) {
      return Optional.empty();
    }
    PairedDifference found = finding.difference().get();
    return Optional.of(
        new Line(
            plan.row(test.row()).title() + " against " + plan.row(test.baseline()).title(),
            found.mean(),
            found.low(),
            found.high(),
            test.hypothesis().bound()));
  }

  private static String name(Plan plan, String what) {
    return stem(plan) + "-" + what;
  }

  /** Returns the name of the page without its ending; its figures begin with it too. */
  public static String stem(Plan plan) {
    return plan.budget().quick() ? "reproduce-quick" : "reproduce";
  }
}
