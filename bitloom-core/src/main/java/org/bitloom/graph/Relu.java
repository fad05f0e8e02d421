package org.bitloom.graph;

import java.util.List;

/**
 * Puts 0 in place of what is negative.
 *
 * @param name of the node
 * @param input whose output it takes, of any shape
 */
public record Relu(String name, String input) implements Node {
  public Relu {
    Names.check(name);
  }

  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    return inputShapes.get(0);
  }
}
