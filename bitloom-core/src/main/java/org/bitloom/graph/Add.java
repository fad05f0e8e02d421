package org.bitloom.graph;

import java.util.List;

/**
 * Adds the outputs of nodes, place by place.
 *
 * @param name of the node
 * @param inputs whose outputs it adds, two or more, of equal shape
 */
public record Add(String name, List<String> inputs) implements Node {
  public Add {
    Names.check(name);
    inputs = List.copyOf(inputs);
    if (inputs.size() < 2) {
      throw new IllegalArgumentException(
          name + " must add the outputs of two or more nodes, got " + inputs);
    }
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    List<Integer> first = inputShapes.get(0);
    for (List<Integer> shape : inputShapes) {
      if (!shape.equals(first)) {
        throw new IllegalArgumentException(
            name + " must add outputs of equal shape, got " + inputShapes);
      }
    }
    return first;
  }
}
