package org.bitloom.network;

import java.util.List;
import org.bitloom.graph.GraphParameter;

/** How a {@link GraphProgram} holds images and filters while it computes. */
public enum ImageLayout {
  /** As everywhere else: one channel after the other. */
  CHANNELS_FIRST,

  /** All channels of a pixel side by side, as a GPU's convolutions and norms want them. */
  CHANNELS_LAST;

  /** Dimensions of the filters of a convolution, {@code [out, in, height, width]}. */
  private static final int DIMENSIONS = 4;

  private static final String AS_THEY_LIE =
      """
        def arranged(self: __torch__.Network) -> Tensor:
          return torch.detach(self.values)
        def restored(self: __torch__.Network, gradient: Tensor) -> Tensor:
          return gradient
      """;

  private static final String GATHERED =
      """
        def arranged(self: __torch__.Network) -> Tensor:
          return torch.index_select(self.values, 0, self.places)
        def restored(self: __torch__.Network, gradient: Tensor) -> Tensor:
          return torch.index_select(gradient, 0, self.origins)
      """;

  /** Returns the methods that bring all values into this layout, and a gradient back. */
  String methods() {
    return this == CHANNELS_LAST ? GATHERED : AS_THEY_LIE;
  }

  /** Returns the engine's number of the layout. */
  int memoryFormat() {
    return this == CHANNELS_LAST ? 2 : 0;
  }

  /** Returns the expression that gives a parameter its shape, from its values in this layout. */
  String view(String values, GraphParameter parameter) {
    List<Integer> shape = parameter.shape();
    if (!turns(parameter)) {
      return "torch.view(" + values + ", " + shape + ")";
    }
    List<Integer> turned = List.of(shape.get(0), shape.get(2), shape.get(3), shape.get(1));
    return "torch.permute(torch.view(" + values + ", " + turned + "), [0, 3, 1, 2])";
  }

  private boolean turns(GraphParameter parameter) {
    return this == CHANNELS_LAST && parameter.shape().size() == DIMENSIONS;
  }

  /**
   * Returns where the values of this layout come from: number {@code i} here is number {@code
   * places[i]} of all values.
   *
   * @param order parameters as their values lie, one behind the other
   */
  public long[] places(List<GraphParameter> order) {
    long[] places = new long[order.stream().mapToInt(GraphParameter::size).sum()];
    int begin = 0;
    for (GraphParameter parameter : order) {
      int channels = turns(parameter) ? parameter.shape().get(1) : 1;
      int area = turns(parameter) ? parameter.shape().get(2) * parameter.shape().get(3) : 1;
      for (int i = 0; i < parameter.size(); i++) {
        int filter = i / (area * channels);
        int pixel = i / channels % area;
        places[begin + i] = begin + (filter * channels + i % channels) * (long) area + pixel;
      }
      begin += parameter.size();
    }
    return places;
  }

  /** Returns the inverse: where each of all values stands in this layout. */
  public long[] origins(List<GraphParameter> order) {
    long[] places = places(order);
    long[] origins = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      origins[Math.toIntExact(places[i])] = i;
    }
    return origins;
  }
}
