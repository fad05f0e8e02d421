package org.bitloom.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A dense layer: {@code y = W x + b} over rows of features.
 *
 * <p>Parameters: {@code weight [units, features]}, then {@code bias [units]} if there is one.
 *
 * @param name of the node
 * @param input whose output it takes, {@code [features]}
 * @param units outputs, at least 1
 * @param bias whether a bias is added
 */
public record Dense(String name, String input, int units, boolean bias) implements Node {
  public Dense {
    Names.check(name);
    Dimensions.positive("units of " + name, units);
  }

  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    if (inputShapes.get(0).size() != 1) {
      throw new IllegalArgumentException(
          name + " must get rows of features [features], got " + inputShapes.get(0) + "; flatten");
    }
    return List.of(units);
  }

  @Override
  public List<GraphParameter> parameters(List<List<Integer>> inputShapes) {
    List<GraphParameter> parameters = new ArrayList<>();
    parameters.add(GraphParameter.weight(name, List.of(units, inputShapes.get(0).get(0))));
    if (bias) {
      parameters.add(GraphParameter.floats(name, "bias", units));
    }
    return parameters;
  }
}
