package org.bitloom.graph;

import java.util.List;

/**
 * Takes the largest pixel of each window, channel by channel; padding never is the largest.
 *
 * @param name of the node
 * @param input whose output it takes, {@code [channels, height, width]}
 * @param window its size, stride and padding; padding at most half the size
 */
public record MaxPool(String name, String input, Window window) implements Node {
  public MaxPool {
    Names.check(name);
    Window.pool(name, window);
  }

  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    List<Integer> image = Dimensions.image(name, inputShapes);
    return window.over(name, image, image.get(0));
  }
}
