package org.bitloom.cli.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.io.PackedFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.LayerStatistics;
import org.bitloom.model.ModelStatistics;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.PlaneStatistics;

/**
 * Describes a model as a table or as a JSON object.
 *
 * @param counted the model and its statistics
 * @param parts where the bytes of its file are; empty = it is no packed one
 */
record ModelReport(ModelStatistics counted, List<PackedFile.Part> parts) {
  private static ModelReport of(BitModel model) {
    return new ModelReport(ModelStatistics.of(model), List.of());
  }

  private BitModel model() {
    return counted.model();
  }

  private List<LayerStatistics> layers() {
    return counted.layers();
  }

  /**
   * Returns the object of {@code --json}; what float tensors do not have is null, as is the number
   * of nodes of a network without a graph.
   */
  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("network", model().network());
    object.put("inputShape", model().inputShape());
    object.put("classes", model().classes());
    object.put("classNames", model().classNames());
    object.put("graphNodes", model().graph().map(graph -> graph.nodes().size()).orElse(null));
    object.put("layers", IntStream.range(0, layers().size()).mapToObj(this::layerObject).toList());
    object.put("weights", counted.weights());
    object.put("zeroShare", counted.zeroShare());
    object.put("packedBytes", counted.packedBytes());
    if (!parts.isEmpty()) {
      object.put("parts", parts.stream().map(ModelReport::partObject).toList());
    }
    object.put("provenance", model().provenance());
    object.put("inner", model().inner().map(inner -> of(inner).object()).orElse(null));
    return object;
  }

  private static Map<String, Object> partObject(PackedFile.Part part) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", part.name());
    object.put("bytes", part.bytes());
    object.put("numbers", part.numbers());
    return object;
  }

  private Map<String, Object> layerObject(int index) {
    ModelTensor tensor = model().tensors().get(index);
    LayerStatistics layer = layers().get(index);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", layer.name());
    object.put("shape", tensor.shape());
    BitTensor bits = tensor instanceof BitTensor bitTensor ? bitTensor : null;
    object.put("depth", bits == null ? null : bits.layout().depth());
    object.put("mask", bits == null ? null : bits.layout().mask());
    object.put("scale", bits == null ? null : bits.scale());
    object.put("negative", layer.negative());
    object.put("zero", layer.zero());
    object.put("positive", layer.positive());
    object.put("planes", planes(bits, layer));
    object.put("packedBytes", layer.packedBytes());
    return object;
  }

  /** Lists the bit-planes, least significant first, sign last. */
  private static List<Map<String, Object>> planes(BitTensor bits, LayerStatistics layer) {
    return IntStream.range(0, layer.planes().size())
        .mapToObj(bit -> planeObject(bits, bit, layer.planes().get(bit)))
        .toList();
  }

  private static Map<String, Object> planeObject(BitTensor bits, int bit, PlaneStatistics plane) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("bit", bit);
    object.put("sign", bit == bits.layout().signBit());
    object.put("trained", bits.layout().isTrained(bit));
    object.put("ones", plane.ones());
    object.put("entropy", plane.entropyBits());
    return object;
  }

  /** Prints tables for people. */
  void print(Console console) {
    console.line(
        "network %s, %d weights, %s zero",
        model().network(), counted.weights(), Figures.percent(counted.zeroShare()));
    console.line(
        "input %s, %d classes%s",
        sides(model().inputShape()), model().classes(), named(model().classNames()));
    console.line(
        model()
            .graph()
            .map(graph -> "graph of " + graph.nodes().size() + " nodes")
            .orElse("no graph: only its module knows what it computes"));
    model().inner().ifPresent(inner -> printInner(console, inner));
    console.line("");
    new LayerTable(counted).lines().forEach(line -> console.line("%s", line));
    if (!parts.isEmpty()) {
      printParts(console);
    }
  }

  /** Prints a table for every layer, with a row for each of its planes. */
  void printPlanes(Console console) {
    for (int i = 0; i < layers().size(); i++) {
      if (model().tensors().get(i) instanceof BitTensor bits) {
        printPlanes(console, bits, layers().get(i));
      }
    }
  }

  private void printParts(Console console) {
    int width = parts.stream().mapToInt(part -> part.name().length()).max().orElse(4);
    width = Math.max(width, "part of the file".length());
    String row = "%-" + width + "s  %,9d  %7s  %s";
    long file = parts.stream().mapToLong(PackedFile.Part::bytes).sum();
    console.line("");
    console.line("%-" + width + "s  %9s  %7s  %s", "part of the file", "bytes", "share", "each");
    for (PackedFile.Part part : parts) {
      console.line(
          row,
          part.name(),
          part.bytes(),
          Figures.percent((double) part.bytes() / file),
          part.numbers() == 0
              ? ""
              : Figures.format("%.2f bits", 8.0 * part.bytes() / part.numbers()));
    }
    console.line(row, "in all", file, "", "");
  }

  static String sides(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String named(List<String> names) {
    return names.isEmpty() ? "" : ": " + Figures.names(names);
  }

  private static void printInner(Console console, BitModel inner) {
    int depth = ModelStatistics.deepest(inner);
    console.line(
        "nested network %s in the %d lowest bits, trained on %s (eval --use-bits %d..0)",
        inner.network(), depth, inner.provenance().getOrDefault("data", "?"), depth - 1);
    inner.inner().ifPresent(innermost -> printInner(console, innermost));
  }

  private static void printPlanes(Console console, BitTensor bits, LayerStatistics layer) {
    console.line("");
    console.line("%s: bit-planes, most significant first", layer.name());
    console.line("  plane  state    ones      entropy");
    for (int bit = layer.planes().size() - 1; bit >= 0; bit--) {
      PlaneStatistics plane = layer.planes().get(bit);
      console.line(
          "  %-5s  %-7s  %-8s  %.4f",
          bit == bits.layout().signBit() ? "sign" : String.valueOf(bit),
          bits.layout().isTrained(bit) ? "trained" : "frozen",
          Figures.percent(plane.ones()),
          plane.entropyBits());
    }
  }
}
