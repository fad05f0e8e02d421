package org.bitloom.graph;

import java.util.ArrayList;
import java.util.List;

/** Collects the nodes of a graph, each after the one before it unless told otherwise. */
final class GraphDraft {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.9;

  private final List<Node> nodes = new ArrayList<>();
  private String last;

  GraphDraft(List<Integer> inputShape) {
    append(new Input("input", inputShape));
  }

  private GraphDraft append(Node node) {
    nodes.add(node);
    last = node.name();
    return this;
  }

  /** Returns the name of the node that the next one follows. */
  String last() {
    return last;
  }

  /** Lets the next node follow another than the last one. */
  GraphDraft from(String node) {
    last = node;
    return this;
  }

  GraphDraft dense(String name, int units) {
    return append(new Dense(name, last, units, false));
  }

  /** Convolves with same padding: the stride alone decides the size of the output. */
  GraphDraft convolution(String name, int filters, int side, int stride) {
    Window window = new Window(Extent.square(side), Extent.square(stride), Extent.square(side / 2));
    return append(new Convolution(name, last, filters, window, 1, false));
  }

  GraphDraft norm(String name) {
    return append(new BatchNorm(name, last, EPSILON, MOMENTUM));
  }

  GraphDraft relu(String name) {
    return append(new Relu(name, last));
  }

  /** Halves height and width, rounded down. */
  GraphDraft halve(String name) {
    return append(
        new MaxPool(name, last, new Window(Extent.square(2), Extent.square(2), Extent.square(0))));
  }

  GraphDraft average(String name) {
    return append(new GlobalAveragePool(name, last));
  }

  GraphDraft flatten(String name) {
    return append(new Flatten(name, last));
  }

  GraphDraft add(String name, String one, String other) {
    return append(new Add(name, List.of(one, other)));
  }

  Graph graph() {
    return new Graph(nodes);
  }
}
