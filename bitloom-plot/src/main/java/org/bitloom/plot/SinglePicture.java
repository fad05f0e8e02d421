package org.bitloom.plot;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.plot.page.Page;
import org.bitloom.plot.page.Page.Block;
import org.bitloom.statistics.Spread;

/** Draws one bar per bit: the accuracy when it alone is trained, and the non-zero share below. */
final class SinglePicture {
  private SinglePicture() {}

  static Page of(SweepResults results) {
    List<MaskTable> tables =
        MaskTable.of(results.points()).stream().filter(MaskTable::coversSingleBits).toList();
    List<Block> blocks = new ArrayList<>();
    List<String> caption = new ArrayList<>();
    boolean repeated =
        tables.stream()
            .flatMap(table -> table.singleBits().stream())
            .anyMatch(row -> row.accuracy().count() > 1);
    caption.add(
        results.caption().origin()
            + " One bit of every weight is trained, the others are frozen; bit 0 is the least"
            + " significant. "
            + CaptionText.bars(repeated, "Bars"));
    for (MaskTable table : tables) {
      Spread baseline =
          Spread.of(
              results.floatsOf(table.group()).stream().map(FloatPoint::accuracyPercent).toList());
      SinglePanels panels = SinglePanels.of(table, baseline);
      blocks.add(panels.block());
      String name = tables.size() == 1 ? "" : table.name();
      caption.add(CaptionText.baseline(baseline, name));
      panels.remarks(caption, name);
    }
    caption.add(results.caption().commandLine());
    return new Page(results.caption().title(), blocks, caption);
  }
}
