package org.bitloom.model;

import java.util.List;

/** Checks what the tensors of a model have in common. */
final class Shapes {
  private Shapes() {}

  /** Checks that {@code shape} has {@code found} elements and returns an immutable copy. */
  static List<Integer> check(String name, List<Integer> shape, int found) {
    List<Integer> copy = List.copyOf(shape);
    if (size(name, copy) != found) {
      throw new IllegalArgumentException(
          name + " must have one element per place of its shape " + copy + ", got " + found);
    }
    return copy;
  }

  /** Returns the product of the dimensions, 1..2^31-1. */
  static int size(String name, List<Integer> shape) {
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            name + " must have dimensions of at least 1, got " + shape);
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            name + " must have at most 2147483647 elements, got shape " + shape);
      }
    }
    return (int) size;
  }

  static void checkFinite(String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + " must hold finite numbers, got " + values[i] + " at index " + i);
      }
    }
  }

  static String checkName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name of a tensor must not be empty");
    }
    return name;
  }
}
