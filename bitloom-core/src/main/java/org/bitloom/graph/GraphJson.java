package org.bitloom.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes graphs as plain values that JSON can hold, and reads them: {@code Map}, {@code List},
 * {@code String}, {@code Long}, {@code Double}, {@code Boolean}.
 *
 * <p>A graph is {@code {"nodes": [...]}}. Every node has {@code name} and {@code kind}, every node
 * but the input {@code inputs}, a list of names; what else it has depends on the kind:
 *
 * <pre>
 *   input                shape [1, 28, 28]
 *   dense                units 300, bias false
 *   convolution          filters 64, window [3, 3], stride [1, 1], padding [1, 1], groups 1,
 *                        bias false
 *   batch-norm           epsilon 1.0e-5, momentum 0.9
 *   max-pool             window [2, 2], stride [2, 2], padding [0, 0]
 *   average-pool         window [2, 2], stride [2, 2], padding [0, 0]
 *   relu, global-average-pool, flatten, add
 * </pre>
 */
public final class GraphJson {
  private static final String NODES = "nodes";

  private GraphJson() {}

  /** Returns a graph as plain values, which belong to the caller. */
  public static Map<String, Object> print(Graph graph) {
    List<Object> nodes = new ArrayList<>();
    graph.nodes().forEach(node -> nodes.add(print(node)));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(NODES, nodes);
    return values;
  }

  private static Map<String, Object> print(Node node) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", node.name());
    values.put("kind", NodeKind.of(node).text());
    if (node instanceof Input input) {
      values.put("shape", longs(input.shape()));
    } else {
      values.put("inputs", node.inputs());
    }
    if (node instanceof Dense dense) {
      values.put("units", (long) dense.units());
      values.put("bias", dense.bias());
    } else if (node instanceof Convolution convolution) {
      values.put("filters", (long) convolution.filters());
      window(convolution.window(), values);
      values.put("groups", (long) convolution.groups());
      values.put("bias", convolution.bias());
    } else if (node instanceof BatchNorm norm) {
      values.put("epsilon", norm.epsilon());
      values.put("momentum", norm.momentum());
    } else if (node instanceof MaxPool pool) {
      window(pool.window(), values);
    } else if (node instanceof AveragePool pool) {
      window(pool.window(), values);
    }
    return values;
  }

  private static void window(Window window, Map<String, Object> values) {
    values.put("window", extent(window.size()));
    values.put("stride", extent(window.stride()));
    values.put("padding", extent(window.padding()));
  }

  private static List<Object> extent(Extent extent) {
    return List.of((long) extent.height(), (long) extent.width());
  }

  private static List<Object> longs(List<Integer> numbers) {
    List<Object> longs = new ArrayList<>();
    numbers.forEach(number -> longs.add(number.longValue()));
    return longs;
  }

  /**
   * Reads what {@link #print} returns, or JSON made of it.
   *
   * @throws IllegalArgumentException if a key is missing or unknown, a value is of the wrong type,
   *     or the graph is wrong, with what must hold and what was found
   */
  public static Graph parse(Object values) {
    NodeFields graph = new NodeFields("graph", values);
    List<?> listed = graph.list(NODES);
    graph.end();
    if (listed.size() > Graph.MAX_NODES) {
      throw new IllegalArgumentException(
          "graph must have 2.." + Graph.MAX_NODES + " nodes, got " + listed.size());
    }
    List<Node> nodes = new ArrayList<>();
    for (Object node : listed) {
      NodeFields fields = new NodeFields("node " + (nodes.size() + 1), node);
      String name = fields.text("name");
      nodes.add(NodeKind.named(fields.text("kind")).read(name, fields));
      fields.end();
    }
    return new Graph(nodes);
  }
}
