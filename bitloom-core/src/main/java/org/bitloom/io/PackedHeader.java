package org.bitloom.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphJson;
import org.bitloom.graph.GraphParameter;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization.Kind;

/**
 * Holds what a packed file says of its network besides the numbers. Names of parameters are those
 * of the graph, and only spelled out where there is none.
 *
 * @param zeroSigns whether the signs of zeros are in the file where they are trained; those of
 *     frozen signs always are
 */
record PackedHeader(
    Architecture architecture,
    List<Integer> inputShape,
    int classes,
    List<String> classNames,
    List<Spec> tensors,
    Kind normalization,
    boolean zeroSigns,
    Map<String, String> provenance,
    Optional<PackedHeader> inner) {

  private static final String ZERO_SIGNS = "zeroSigns";
  private static final List<String> REQUIRED =
      List.of(
          ModelMetadata.NETWORK,
          ModelMetadata.INPUT_SHAPE,
          ModelMetadata.CLASSES,
          ModelMetadata.TENSORS,
          ModelMetadata.NORMALIZATION);
  private static final List<String> OPTIONAL =
      List.of(
          ModelMetadata.CLASS_NAMES,
          ModelMetadata.GRAPH,
          ModelMetadata.PROVENANCE,
          ModelMetadata.INNER,
          ZERO_SIGNS);

  /** A parameter; {@code layout} is null for floats. */
  record Spec(String name, List<Integer> shape, BitLayout layout) {
    boolean isBits() {
      return layout != null;
    }

    /** Returns shape and mask, null for floats, and the name if nothing else tells it. */
    List<Object> print(boolean named) {
      String mask = isBits() ? layout.mask() : null;
      return named ? Arrays.asList(shape, mask, name) : Arrays.asList(shape, mask);
    }

    /** Returns the number of elements, 1..2^31-1. */
    int size() {
      long size = 1;
      for (int side : shape) {
        size *= side;
        if (side < 1 || size > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              name + " must have 1 to 2147483647 elements, got shape " + shape);
        }
      }
      return (int) size;
    }
  }

  /** Returns the header of {@code model}. */
  static PackedHeader of(BitModel model, boolean zeroSigns) {
    List<Spec> tensors = new ArrayList<>();
    for (ModelTensor tensor : model.tensors()) {
      BitLayout layout = tensor instanceof BitTensor bits ? bits.layout() : null;
      tensors.add(new Spec(tensor.name(), tensor.shape(), layout));
    }
    return new PackedHeader(
        model.architecture(),
        model.inputShape(),
        model.classes(),
        model.classNames(),
        tensors,
        model.normalization().kind(),
        zeroSigns,
        model.provenance(),
        model.inner().map(inner -> of(inner, false)));
  }

  /** Returns it as JSON values. */
  Map<String, Object> print() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(ModelMetadata.NETWORK, architecture.name());
    values.put(ModelMetadata.INPUT_SHAPE, inputShape);
    values.put(ModelMetadata.CLASSES, classes);
    if (!classNames.isEmpty()) {
      values.put(ModelMetadata.CLASS_NAMES, classNames);
    }
    Optional<Graph> graph = architecture.graph();
    graph.ifPresent(known -> values.put(ModelMetadata.GRAPH, GraphJson.print(known)));
    List<Object> specs = new ArrayList<>();
    for (Spec spec : tensors) {
      specs.add(spec.print(graph.isEmpty()));
    }
    values.put(ModelMetadata.TENSORS, specs);
    values.put(ModelMetadata.NORMALIZATION, normalization.label());
    if (zeroSigns) {
      values.put(ZERO_SIGNS, true);
    }
    if (!provenance.isEmpty()) {
      values.put(ModelMetadata.PROVENANCE, provenance);
    }
    inner.ifPresent(nested -> values.put(ModelMetadata.INNER, nested.print()));
    return values;
  }

  /**
   * Reads what {@link #print} returned.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static PackedHeader parse(Object header) {
    Map<?, ?> values = ModelMetadata.object("header", header);
    ModelMetadata.checkKeys("a packed network", values, REQUIRED, OPTIONAL);
    Optional<Graph> graph =
        Optional.ofNullable(values.get(ModelMetadata.GRAPH))
            .map(found -> GraphJson.parse(ModelMetadata.object(ModelMetadata.GRAPH, found)));
    List<?> specs = ModelMetadata.list(ModelMetadata.TENSORS, values.get(ModelMetadata.TENSORS));
    Object names = values.get(ModelMetadata.CLASS_NAMES);
    Object signs = values.get(ZERO_SIGNS);
    ModelMetadata.expect(signs == null || signs.equals(true), ZERO_SIGNS + " must be true", signs);
    Object facts = values.get(ModelMetadata.PROVENANCE);
    return new PackedHeader(
        new Architecture(
            ModelMetadata.string(ModelMetadata.NETWORK, values.get(ModelMetadata.NETWORK)), graph),
        sides(ModelMetadata.INPUT_SHAPE, values.get(ModelMetadata.INPUT_SHAPE)),
        ModelMetadata.integer(ModelMetadata.CLASSES, values.get(ModelMetadata.CLASSES)),
        names == null ? List.of() : ModelMetadata.classNames(names),
        specs(graph, specs),
        kind(values.get(ModelMetadata.NORMALIZATION)),
        signs != null,
        facts == null
            ? Map.of()
            : ModelMetadata.provenance(ModelMetadata.object(ModelMetadata.PROVENANCE, facts)),
        Optional.ofNullable(values.get(ModelMetadata.INNER)).map(PackedHeader::parse));
  }

  private static List<Integer> sides(String what, Object shape) {
    List<Integer> sides = new ArrayList<>();
    for (Object side : ModelMetadata.list(what, shape)) {
      sides.add(ModelMetadata.integer(what, side));
    }
    return sides;
  }

  private static List<Spec> specs(Optional<Graph> graph, List<?> lists) {
    List<GraphParameter> parameters = graph.map(Graph::parameters).orElse(List.of());
    ModelMetadata.expect(
        graph.isEmpty() || lists.size() == parameters.size(),
        ModelMetadata.TENSORS + " must be " + parameters.size() + ", as many as the graph has",
        lists.size());
    List<Spec> specs = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      List<?> spec = ModelMetadata.list(ModelMetadata.TENSORS, lists.get(i));
      int items = graph.isPresent() ? 2 : 3;
      ModelMetadata.expect(spec.size() == items, "a tensor must have " + items + " items", spec);
      specs.add(
          new Spec(
              graph.isPresent()
                  ? parameters.get(i).name()
                  : ModelMetadata.string("name", spec.get(2)),
              sides("shape", spec.get(0)),
              layout(spec.get(1))));
    }
    return specs;
  }

  private static BitLayout layout(Object digits) {
    if (digits == null) {
      return null;
    }
    String text = ModelMetadata.string("mask", digits);
    BitMask mask = BitMask.parse(text);
    ModelMetadata.expect(mask.isExplicit(), "mask must be digits", text);
    return mask.at(text.length());
  }

  private static Kind kind(Object label) {
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "normalization must be mean-image, per-channel, unit or raw, got " + label);
  }
}
