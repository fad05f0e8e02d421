package org.bitloom.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bitloom.plot.TopBits.Cell;
import org.bitloom.plot.TopBits.Group;
import org.bitloom.plot.page.Page;
import org.bitloom.plot.page.Page.Block;
import org.bitloom.plot.page.TickedAxis;
import org.bitloom.statistics.Spread;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;

/** Draws accuracy and non-zero share against the number of trained top bits, a line per depth. */
final class AccuracyPicture {
  private static final int PANEL_HEIGHT = 500;
  private static final int MOST_TICKS = 8;

  private final SweepResults results;
  private final TopBits top;
  private final BitScale bits;
  private final AccuracyScale scale;
  private final List<Integer> depths;

  private AccuracyPicture(SweepResults results) {
    this.results = results;
    top = TopBits.of(results);
    bits = top.bitScale();
    depths = top.allCells().stream().map(Cell::depth).distinct().sorted().toList();
    Stream<Spread> shown =
        Stream.concat(
            top.allCells().stream().map(Cell::accuracy),
            top.groups().stream().map(Group::baseline));
    double marks =
        top.groups().stream()
            .mapToDouble(group -> new BelowMarks(group, bits).shareOfHeight())
            .max()
            .orElse(0);
    scale = AccuracyScale.around(top.fence(), shown).withRoomBelow(marks);
  }

  /** Lays the picture out; {@code results} must hold a point with a mask of top bits. */
  static Page of(SweepResults results) {
    return new AccuracyPicture(results).page();
  }

  private Page page() {
    List<Block> blocks = new ArrayList<>();
    boolean baseline = top.groups().stream().anyMatch(group -> !group.baseline().isEmpty());
    blocks.add(DepthLegend.block(depths, baseline));
    for (Group group : top.groups()) {
      blocks.add(Block.chart(PANEL_HEIGHT, group.name(), panels(group)));
    }
    return new Page(results.caption().title(), blocks, caption());
  }

  private CombinedDomainXYPlot panels(Group group) {
    CombinedDomainXYPlot both = Panels.stack(bits.axis());
    both.add(accuracies(group), 7);
    both.add(shares(group), 3);
    return both;
  }

  private XYPlot accuracies(Group group) {
    TickedAxis axis = scale.axis("test accuracy (%)", MOST_TICKS);
    DepthLines lines = new DepthLines(depths, bits, Cell::accuracy);
    XYPlot plot = new XYPlot(lines.of(group), null, axis, lines.renderer(group));
    Panels.dress(plot);
    Panels.addBaseline(plot, group.baseline(), scale);
    new BelowMarks(group, bits).addTo(plot, scale, depths);
    return plot;
  }

  private XYPlot shares(Group group) {
    DepthLines lines = new DepthLines(depths, bits, Cell::nonZero);
    TickedAxis axis = TickedAxis.wholePercent("non-zero weights (%)", 4);
    XYPlot plot = new XYPlot(lines.of(group), null, axis, lines.renderer(group));
    Panels.dress(plot);
    return plot;
  }

  private List<String> caption() {
    List<String> text = new ArrayList<>();
    boolean repeated = top.allCells().stream().anyMatch(cell -> cell.nonZero().count() > 1);
    text.add(results.caption().origin() + " " + Caption.bars(repeated, "Markers") + shifted());
    baselines(text);
    leftOut(text);
    text.add(results.caption().commandLine());
    return text;
  }

  private String shifted() {
    return depths.size() < 2
        ? ""
        : " Depths stand a little side by side so that none hides another.";
  }

  private void baselines(List<String> text) {
    long different = top.groups().stream().map(Group::baseline).distinct().count();
    for (Group group : different == 1 ? top.groups().subList(0, 1) : top.groups()) {
      text.add(Caption.baseline(group.baseline(), different == 1 ? "" : group.name()));
    }
  }

  private void leftOut(List<String> text) {
    int below = top.allCells().stream().mapToInt(cell -> cell.below().count()).sum();
    if (below > 0) {
      int unmarked =
          top.groups().stream().mapToInt(g -> new BelowMarks(g, bits).unmarkedRuns()).sum();
      text.add(
          Caption.count(below, "run lies", "runs lie")
              + " far below the axis: marked at its lower end with the accuracy"
              + (unmarked == 0 ? "" : " (without room for " + unmarked + ")")
              + ", not part of the means above.");
    }
    if (top.floatsBelow() > 0) {
      text.add(
          Caption.count(top.floatsBelow(), "float run lies", "float runs lie")
              + " far below the axis and left out of the baseline.");
    }
    if (top.others() > 0) {
      text.add(
          Caption.count(top.others(), "run", "runs")
              + " with trained bits other than the topmost "
              + (top.others() == 1 ? "is" : "are")
              + " not shown here.");
    }
  }
}
