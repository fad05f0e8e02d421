package org.bitloom.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The networks that bitloom knows by name, as graphs. */
public final class KnownNetworks {
  private static final Map<String, Architecture> BY_NAME = byName();

  private KnownNetworks() {}

  /**
   * A network by name.
   *
   * @param smallestSide least height and width of its images
   */
  private record Architecture(int smallestSide, Builder builder) {}

  private interface Builder {
    Graph build(List<Integer> inputShape, int classes);
  }

  private static Map<String, Architecture> byName() {
    Map<String, Architecture> known = new LinkedHashMap<>();
    known.put("lenet300", new Architecture(1, PlainNetworks::lenet300));
    for (int stages = 1; stages <= 3; stages++) {
      int count = stages;
      known.put(
          "conv" + 2 * stages,
          new Architecture(
              1 << stages, (shape, classes) -> PlainNetworks.conv(count, shape, classes)));
    }
    for (int depth : List.of(20, 32, 44, 56, 110)) {
      known.put(
          "resnet" + depth,
          new Architecture(1, (shape, classes) -> ResidualNetworks.v1(depth, shape, classes)));
    }
    for (int depth : List.of(29, 56, 110)) {
      known.put(
          "resnet" + depth + "v2",
          new Architecture(1, (shape, classes) -> ResidualNetworks.v2(depth, shape, classes)));
    }
    return known;
  }

  /** Returns the known names. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Returns the least height and width of a network's images.
   *
   * @throws IllegalArgumentException if the name is unknown
   */
  public static int smallestSide(String name) {
    return named(name).smallestSide();
  }

  /**
   * Returns a network for images of a size.
   *
   * @param inputShape {@code [channels, height, width]}
   * @param classes outputs, at least 1
   * @throws IllegalArgumentException if the name is unknown or the images are too small
   */
  public static Graph of(String name, List<Integer> inputShape, int classes) {
    Architecture architecture = named(name);
    if (inputShape.size() != 3) {
      throw new IllegalArgumentException(
          "images for " + name + " must be [channels, height, width], got " + inputShape);
    }
    int least = architecture.smallestSide();
    if (Math.min(inputShape.get(1), inputShape.get(2)) < least) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "images for %s must be at least %dx%d, got %dx%d",
              name,
              least,
              least,
              inputShape.get(1),
              inputShape.get(2)));
    }
    return architecture.builder().build(inputShape, classes);
  }

  private static Architecture named(String name) {
    Architecture architecture = BY_NAME.get(name);
    if (architecture == null) {
      throw new IllegalArgumentException(
          "network must be one of " + String.join(", ", names()) + ", got '" + name + "'");
    }
    return architecture;
  }
}
