package org.bitloom.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Node;

/**
 * Finds out which array of a C program each node writes: one whose last reader is done by then.
 * Flattening writes nothing, its output is the array of its input.
 */
final class CValues {
  private final Map<String, Integer> arrays = new HashMap<>();
  private final List<Integer> lengths = new ArrayList<>();

  CValues(Graph graph) {
    Map<String, String> writers = new HashMap<>();
    Map<String, Integer> lastRead = new HashMap<>();
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String writer = node instanceof Flatten ? writers.get(node.inputs().get(0)) : node.name();
      writers.put(node.name(), writer);
      lastRead.put(writer, i);
      for (String input : node.inputs()) {
        lastRead.put(writers.get(input), i);
      }
    }
    lastRead.put(writers.get(graph.output().name()), nodes.size());
    List<Integer> busyUntil = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String writer = writers.get(node.name());
      if (!writer.equals(node.name())) {
        arrays.put(node.name(), arrays.get(writer));
        continue;
      }
      int array = 0;
      while (array < lengths.size() && busyUntil.get(array) >= i) {
        array++;
      }
      if (array == lengths.size()) {
        lengths.add(0);
        busyUntil.add(0);
      }
      lengths.set(array, Math.max(lengths.get(array), size(graph.shapeOf(node.name()))));
      busyUntil.set(array, lastRead.get(node.name()));
      arrays.put(node.name(), array);
    }
  }

  static int size(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Returns the length of every array. */
  List<Integer> lengths() {
    return lengths;
  }

  /** Names the array that holds the output of a node. */
  String of(String node) {
    return name(arrays.get(node));
  }

  static String name(int array) {
    return "bitloom_values" + array;
  }
}
