package org.bitloom.graph;

import java.util.Arrays;
import java.util.function.BiFunction;

/** The kinds of nodes by the names that files hold. */
@SuppressWarnings("ImmutableEnumChecker") // the readers hold nothing
enum NodeKind {
  INPUT("input", Input.class, (name, from) -> new Input(name, from.integers("shape"))),
  DENSE(
      "dense",
      Dense.class,
      (name, from) -> new Dense(name, from.input(), from.integer("units"), from.flag("bias"))),
  CONVOLUTION(
      "convolution",
      Convolution.class,
      (name, from) ->
          new Convolution(
              name,
              from.input(),
              from.integer("filters"),
              from.window(),
              from.integer("groups"),
              from.flag("bias"))),
  BATCH_NORM(
      "batch-norm",
      BatchNorm.class,
      (name, from) ->
          new BatchNorm(name, from.input(), from.number("epsilon"), from.number("momentum"))),
  RELU("relu", Relu.class, (name, from) -> new Relu(name, from.input())),
  MAX_POOL(
      "max-pool", MaxPool.class, (name, from) -> new MaxPool(name, from.input(), from.window())),
  AVERAGE_POOL(
      "average-pool",
      AveragePool.class,
      (name, from) -> new AveragePool(name, from.input(), from.window())),
  GLOBAL_AVERAGE_POOL(
      "global-average-pool",
      GlobalAveragePool.class,
      (name, from) -> new GlobalAveragePool(name, from.input())),
  FLATTEN("flatten", Flatten.class, (name, from) -> new Flatten(name, from.input())),
  ADD("add", Add.class, (name, from) -> new Add(name, from.inputs()));

  private final String text;
  private final Class<? extends Node> type;
  private final BiFunction<String, NodeFields, Node> reader;

  NodeKind(String text, Class<? extends Node> type, BiFunction<String, NodeFields, Node> reader) {
    this.text = text;
    this.type = type;
    this.reader = reader;
  }

  /** Returns the name in files. */
  String text() {
    return text;
  }

  /** Reads a node of this kind. */
  Node read(String name, NodeFields fields) {
    return reader.apply(name, fields);
  }

  static NodeKind of(Node node) {
    return Arrays.stream(values()).filter(kind -> kind.type.isInstance(node)).findAny().get();
  }

  static NodeKind named(String text) {
    for (NodeKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "kind of a node must be one of "
            + Arrays.stream(values()).map(NodeKind::text).toList()
            + ", got '"
            + Names.printable(text)
            + "'");
  }
}
