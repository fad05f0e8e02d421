package org.bitloom.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bitloom.plot.MaskTable.Row;
import org.bitloom.plot.page.Page;
import org.bitloom.plot.page.Page.Block;
import org.bitloom.statistics.Spread;

/**
 * Draws all masks of a depth as a heat map of their trained bits, the most accurate on top, beside
 * it accuracy and non-zero share, and below it what each bit adds.
 */
final class EveryPicture {
  /** More rows are cut out of the middle: the ends of the order are what one looks for. */
  private static final int MOST_ROWS = 63;

  private EveryPicture() {}

  static Page of(SweepResults results) {
    List<MaskTable> tables =
        MaskTable.of(results.points()).stream().filter(MaskTable::isNearlyComplete).toList();
    List<Block> blocks = new ArrayList<>();
    List<String> caption = new ArrayList<>();
    boolean repeated =
        tables.stream().flatMap(t -> t.rows().stream()).anyMatch(row -> row.accuracy().count() > 1);
    caption.add(
        results.caption().origin()
            + " Each row is a mask: a filled cell is a trained bit, an empty one is frozen; the"
            + " darker, the more accurate. "
            + Caption.bars(repeated, "Dots"));
    for (MaskTable table : tables) {
      Spread baseline = Spread.of(results.floatsOf(table.group()));
      List<Row> shown = shown(table.rows());
      blocks.add(new EveryPanels(table, shown, baseline, scale(table, baseline)).block());
      String name = tables.size() == 1 ? "" : table.name();
      caption.add(Caption.baseline(baseline, name));
      missing(caption, table, shown.size());
    }
    caption.add(
        "Gain: points of accuracy that a bit adds, mean over all pairs of masks that differ in it"
            + " alone.");
    caption.add(results.caption().commandLine());
    return new Page(results.caption().title(), blocks, caption);
  }

  private static AccuracyScale scale(MaskTable table, Spread baseline) {
    List<Double> means = table.rows().stream().map(row -> row.accuracy().mean()).toList();
    double fence = AccuracyScale.fenceOf(means);
    Stream<Spread> shown =
        table.rows().stream().map(Row::accuracy).filter(spread -> spread.mean() >= fence);
    AccuracyScale scale = AccuracyScale.around(fence, Stream.concat(shown, Stream.of(baseline)));
    return fence > 0 ? scale.withRoomBelow(EveryPanels.OUTLIER_SHARE) : scale;
  }

  private static List<Row> shown(List<Row> rows) {
    if (rows.size() <= MOST_ROWS) {
      return rows;
    }
    List<Row> ends = new ArrayList<>(rows.subList(0, MOST_ROWS / 2 + 1));
    ends.addAll(rows.subList(rows.size() - MOST_ROWS / 2, rows.size()));
    return ends;
  }

  private static void missing(List<String> caption, MaskTable table, int shown) {
    long absent = table.allMasks() - table.rows().size();
    if (absent > 0) {
      caption.add(
          Caption.count((int) absent, "mask", "masks")
              + " of "
              + table.allMasks()
              + " at depth "
              + table.depth()
              + (absent == 1 ? " has" : " have")
              + " no result.");
    }
    int cut = table.rows().size() - shown;
    if (cut > 0) {
      caption.add(
          "Depth "
              + table.depth()
              + ": "
              + cut
              + " masks in the middle of the order are not drawn; the gains count them.");
    }
  }
}
