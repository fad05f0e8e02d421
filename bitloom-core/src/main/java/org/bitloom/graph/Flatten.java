package org.bitloom.graph;

import java.util.List;

/**
 * Makes one row of features of a sample, in row-major order.
 *
 * @param name of the node
 * @param input whose output it takes, of any shape
 */
public record Flatten(String name, String input) implements Node {
  public Flatten {
    Names.check(name);
  }

  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    return List.of(Dimensions.size("output of " + name, inputShapes.get(0)));
  }
}
