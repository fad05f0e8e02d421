package org.bitloom.model;

import java.util.List;

/** Holds one parameter of a network: bit strings with a scale, or plain floats. */
public sealed interface ModelTensor permits BitTensor, FloatTensor {
  /** Returns the name of the parameter in its network, such as {@code dense1.weight}. */
  String name();

  /**
   * Returns the dimensions, each at least 1; dense weights are {@code [out, in]}; {@code []} = 1.
   */
  List<Integer> shape();

  /** Returns the number of elements, the product of the shape. */
  int size();

  /** Returns the real values in row-major order, in a new array. */
  float[] weights();
}
