package org.bitloom.graph;

import java.util.List;

/**
 * Takes the mean of each channel over all pixels; the output is {@code [channels]}.
 *
 * @param name of the node
 * @param input whose output it takes, {@code [channels, height, width]}
 */
public record GlobalAveragePool(String name, String input) implements Node {
  public GlobalAveragePool {
    Names.check(name);
  }

  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    return List.of(Dimensions.image(name, inputShapes).get(0));
  }
}
