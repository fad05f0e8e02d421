package org.bitloom.graph;

import java.util.List;

/** Checks shapes: every dimension at least 1, all places countable in an int. */
final class Dimensions {
  private static final int MAX_COUNT = 32;

  private Dimensions() {}

  /** Checks a shape and returns an immutable copy. */
  static List<Integer> check(String what, List<Integer> shape) {
    size(what, shape);
    return List.copyOf(shape);
  }

  /** Returns the product of the dimensions, 1..2^31-1. */
  static int size(String what, List<Integer> shape) {
    if (shape.isEmpty() || shape.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          what + " must have 1.." + MAX_COUNT + " dimensions, got " + shape.size());
    }
    long size = 1;
    for (int dimension : shape) {
      positive("dimensions of " + what, dimension);
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            what + " must have at most 2147483647 elements, got " + shape);
      }
    }
    return (int) size;
  }

  static void positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, got " + value);
    }
  }

  /** Returns the shape of the only input, images of three dimensions. */
  static List<Integer> image(String node, List<List<Integer>> inputShapes) {
    List<Integer> image = inputShapes.get(0);
    if (image.size() != 3) {
      throw new IllegalArgumentException(
          node + " must get images [channels, height, width], got " + image);
    }
    return image;
  }
}
