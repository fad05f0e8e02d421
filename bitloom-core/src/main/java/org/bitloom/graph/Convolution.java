package org.bitloom.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of images, as networks mean it: filters are not mirrored, padding is zeros.
 *
 * <p>Parameters: {@code weight [filters, channels / groups, height, width]}, then {@code bias
 * [filters]} if there is one. Height and width of the output are {@code floor((side + 2 padding -
 * window) / stride) + 1}.
 *
 * @param name of the node
 * @param input whose output it takes, {@code [channels, height, width]}
 * @param filters channels of the output, at least 1, a multiple of {@code groups}
 * @param window size of the filters, stride and padding
 * @param groups parts into which channels and filters are split, each convolved by itself; 1 = all
 *     channels reach all filters, as many as channels = depthwise
 * @param bias whether a bias is added
 */
public record Convolution(
    String name, String input, int filters, Window window, int groups, boolean bias)
    implements Node {
  public Convolution {
    Names.check(name);
    Dimensions.positive("filters of " + name, filters);
    Dimensions.positive("groups of " + name, groups);
    checkDivides(name, "filters", filters, groups);
  }

  private static void checkDivides(String name, String what, int count, int groups) {
    if (count % groups != 0) {
      throw new IllegalArgumentException(
          what + " of " + name + " must be a multiple of its " + groups + " groups, got " + count);
    }
  }

  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    List<Integer> image = Dimensions.image(name, inputShapes);
    checkDivides(name, "input channels", image.get(0), groups);
    return window.over(name, image, filters);
  }

  @Override
  public List<GraphParameter> parameters(List<List<Integer>> inputShapes) {
    int channels = inputShapes.get(0).get(0) / groups;
    Extent size = window.size();
    List<GraphParameter> parameters = new ArrayList<>();
    parameters.add(
        GraphParameter.weight(name, List.of(filters, channels, size.height(), size.width())));
    if (bias) {
      parameters.add(GraphParameter.floats(name, "bias", filters));
    }
    return parameters;
  }
}
