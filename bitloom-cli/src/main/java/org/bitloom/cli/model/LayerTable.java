package org.bitloom.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.terminal.TextWidth;
import org.bitloom.model.BitTensor;
import org.bitloom.model.LayerStatistics;
import org.bitloom.model.ModelStatistics;
import org.bitloom.model.ModelTensor;
import org.bitloom.sweep.MaskName;

/**
 * A table of the layers of a model, columns as narrow as their cells let them be.
 *
 * @param counted the model and its statistics
 */
record LayerTable(ModelStatistics counted) {
  private static final List<String> TITLES =
      List.of("name", "shape", "depth", "mask", "scale", "neg", "zero", "pos");

  /** Columns of words; the others are numbers. */
  private static final List<Integer> LEFT = List.of(0, 1, 3);

  /** Returns the lines, the titles first. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>(List.of(TITLES));
    for (int i = 0; i < counted.layers().size(); i++) {
      rows.add(cells(counted.model().tensors().get(i), counted.layers().get(i)));
    }
    int[] widths =
        IntStream.range(0, TITLES.size())
            .map(i -> rows.stream().mapToInt(row -> TextWidth.of(row.get(i))).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            i -> {
              String cell = cells.get(i);
              String pad = " ".repeat(widths[i] - TextWidth.of(cell));
              return LEFT.contains(i) ? cell + pad + " " : pad + cell;
            })
        .collect(Collectors.joining(" "))
        .stripTrailing();
  }

  private static List<String> cells(ModelTensor tensor, LayerStatistics layer) {
    String shape = ModelReport.sides(tensor.shape());
    BitTensor bits = tensor instanceof BitTensor bitTensor ? bitTensor : null;
    return List.of(
        TextWidth.clean(layer.name()),
        shape.isEmpty() ? "1" : shape,
        bits == null ? "" : String.valueOf(bits.layout().depth()),
        bits == null ? "float" : MaskName.of(bits.layout()),
        bits == null ? "" : Figures.format("%.4g", bits.scale()),
        String.valueOf(layer.negative()),
        String.valueOf(layer.zero()),
        String.valueOf(layer.positive()));
  }
}
