package org.bitloom.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as an immutable description: what it computes, with which parameters, and nothing of
 * who computes it. It cannot be wrong: the constructor checks all of it and works out every shape.
 *
 * <pre>{@code
 * Graph graph =
 *     new Graph(
 *         List.of(
 *             new Input("input", List.of(1, 28, 28)),
 *             new Flatten("flatten", "input"),
 *             new Dense("dense1", "flatten", 10, false)));
 * graph.parameter("dense1.weight").shape(); // [10, 784]
 * }</pre>
 */
public final class Graph {
  /** Most nodes of a graph. */
  public static final int MAX_NODES = 10_000;

  private final List<Node> nodes;
  private final Map<String, List<Integer>> shapes = new HashMap<>();
  private final Map<String, GraphParameter> parameters = new LinkedHashMap<>();

  /**
   * Checks a network.
   *
   * @param nodes each after the nodes whose output it takes; the first is the only input, the last
   *     the output, {@code [classes]}; 2..10,000
   * @throws IllegalArgumentException if names repeat or are unknown, shapes do not fit, or a node
   *     does not reach the output
   */
  public Graph(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
    if (this.nodes.size() < 2 || this.nodes.size() > MAX_NODES) {
      throw new IllegalArgumentException(
          "graph must have 2.." + MAX_NODES + " nodes, got " + this.nodes.size());
    }
    Set<String> unused = new HashSet<>();
    for (Node node : this.nodes) {
      add(node);
      node.inputs().forEach(unused::remove);
      unused.add(node.name());
    }
    unused.remove(output().name());
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "every node but the last must be used by another, unused: " + unused);
    }
    if (shapeOf(output().name()).size() != 1) {
      throw new IllegalArgumentException(
          "output must be one number for each class, "
              + output().name()
              + " gives "
              + shapeOf(output().name()));
    }
  }

  private void add(Node node) {
    if (node instanceof Input != shapes.isEmpty()) {
      throw new IllegalArgumentException(
          "the first node must be the only input, got "
              + node.getClass().getSimpleName()
              + " "
              + node.name()
              + " as node "
              + (shapes.size() + 1));
    }
    List<List<Integer>> inputShapes = new ArrayList<>();
    for (String input : node.inputs()) {
      if (!shapes.containsKey(input)) {
        throw new IllegalArgumentException(
            "inputs of " + node.name() + " must stand before it, got " + Names.printable(input));
      }
      inputShapes.add(shapes.get(input));
    }
    List<Integer> shape =
        Dimensions.check("output of " + node.name(), node.outputShape(inputShapes));
    if (shapes.put(node.name(), shape) != null) {
      throw new IllegalArgumentException("names must differ, got " + node.name() + " twice");
    }
    for (GraphParameter parameter : node.parameters(inputShapes)) {
      parameters.put(parameter.name(), parameter);
    }
  }

  /** Returns the nodes, each after those whose output it takes. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the node whose output is the network's: the last. */
  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /** Returns the shape of one sample: {@code [channels, height, width]} for images. */
  public List<Integer> inputShape() {
    return shapeOf(nodes.get(0).name());
  }

  /** Returns how many numbers come out for one sample. */
  public int classes() {
    return shapeOf(output().name()).get(0);
  }

  /**
   * Returns the shape of a node's output, without the batch dimension.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public List<Integer> shapeOf(String node) {
    List<Integer> shape = shapes.get(node);
    if (shape == null) {
      throw new IllegalArgumentException(
          "node must be one of the graph's, got " + Names.printable(node));
    }
    return shape;
  }

  /** Returns all parameters in the order of the nodes. */
  public List<GraphParameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /**
   * Returns a parameter by name.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  public GraphParameter parameter(String name) {
    GraphParameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "parameter must be one of " + parameters.keySet() + ", got " + Names.printable(name));
    }
    return parameter;
  }

  /** Compares the nodes; all else follows from them. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Graph that && nodes.equals(that.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  @Override
  public String toString() {
    return "Graph of " + nodes.size() + " nodes from " + inputShape() + " to " + classes();
  }
}
