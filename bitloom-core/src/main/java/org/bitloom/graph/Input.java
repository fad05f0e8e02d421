package org.bitloom.graph;

import java.util.List;

/**
 * The samples that enter a network.
 *
 * @param name of the node
 * @param shape of one sample: {@code [channels, height, width]} for images
 */
public record Input(String name, List<Integer> shape) implements Node {
  public Input {
    Names.check(name);
    shape = Dimensions.check("shape of " + name, shape);
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    return shape;
  }
}
