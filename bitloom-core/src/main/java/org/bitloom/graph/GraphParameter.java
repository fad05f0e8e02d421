package org.bitloom.graph;

import java.util.List;

/**
 * One parameter of a network.
 *
 * @param name of its node and of what it is there: {@code stage2.block1.conv1.weight}
 * @param shape dimensions in row-major order, each at least 1; at most 2^31-1 elements
 * @param role how it is trained
 * @param fanIn inputs of one output, at least 1 for a weight; 0 for all others
 */
public record GraphParameter(String name, List<Integer> shape, Role role, int fanIn) {
  public GraphParameter {
    shape = Dimensions.check("parameter " + name, shape);
    if (role == Role.WEIGHT ? fanIn < 1 : fanIn != 0) {
      throw new IllegalArgumentException(
          "fan-in of "
              + name
              + (role == Role.WEIGHT ? " must be at least 1, got " : " must be 0, got ")
              + fanIn);
    }
  }

  /** Makes a weight; what its first dimension counts are the outputs. */
  static GraphParameter weight(String node, List<Integer> shape) {
    String name = node + ".weight";
    int size = Dimensions.size("parameter " + name, shape);
    return new GraphParameter(name, shape, Role.WEIGHT, size / shape.get(0));
  }

  static GraphParameter floats(String node, String what, int size) {
    return new GraphParameter(node + "." + what, List.of(size), Role.FLOAT, 0);
  }

  static GraphParameter statistic(String node, String what, int size) {
    return new GraphParameter(node + "." + what, List.of(size), Role.STATISTIC, 0);
  }

  /** Returns the number of elements. */
  public int size() {
    return Dimensions.size(name, shape);
  }
}
