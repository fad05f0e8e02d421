package org.bitloom.graph;

import java.util.List;

/**
 * One operation of a network: what it computes, from which nodes, and with which parameters.
 *
 * <p>Shapes are without the batch dimension and in row-major order: images are {@code [channels,
 * height, width]}, rows of features {@code [features]}. A node knows nothing of the others; {@link
 * Graph} finds out the shapes of its inputs.
 */
public sealed interface Node
    permits Input,
        Dense,
        Convolution,
        BatchNorm,
        Relu,
        MaxPool,
        AveragePool,
        GlobalAveragePool,
        Flatten,
        Add {

  /** Returns the name, unique in its graph: ASCII letters, digits, {@code _}, {@code -}, dots. */
  String name();

  /** Returns the names of the nodes whose output it takes, in order. */
  List<String> inputs();

  /**
   * Works out the shape of the output.
   *
   * @param inputShapes one for each of {@link #inputs}
   * @throws IllegalArgumentException if the node cannot take them
   */
  List<Integer> outputShape(List<List<Integer>> inputShapes);

  /**
   * Lists the parameters, in the order in which networks and model files hold them; empty for most.
   *
   * @param inputShapes shapes that {@link #outputShape} takes
   */
  default List<GraphParameter> parameters(List<List<Integer>> inputShapes) {
    return List.of();
  }
}
