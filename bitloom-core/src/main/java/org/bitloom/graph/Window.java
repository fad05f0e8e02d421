package org.bitloom.graph;

import java.util.List;

/**
 * The window that a convolution or a pool moves over an image.
 *
 * @param size of the window, at least 1x1
 * @param stride how far it moves, at least 1x1
 * @param padding rows and columns added on each side, less than the window
 */
public record Window(Extent size, Extent stride, Extent padding) {
  public Window {
    atLeastOne("window", size);
    atLeastOne("stride", stride);
    if (padding.height() >= size.height() || padding.width() >= size.width()) {
      throw new IllegalArgumentException(
          "padding must be less than the window of " + size + ", got " + padding);
    }
  }

  private static void atLeastOne(String what, Extent extent) {
    if (extent.height() < 1 || extent.width() < 1) {
      throw new IllegalArgumentException(what + " must be at least 1x1, got " + extent);
    }
  }

  /** Checks what pools need more: no window may see mostly padding. */
  static Window pool(String node, Window window) {
    Extent size = window.size();
    Extent padding = window.padding();
    if (padding.height() > size.height() / 2 || padding.width() > size.width() / 2) {
      throw new IllegalArgumentException(
          node + " must have a padding of at most half its window " + size + ", got " + padding);
    }
    return window;
  }

  /** Returns the shape of {@code channels} images that the window makes of an image. */
  List<Integer> over(String node, List<Integer> image, int channels) {
    return List.of(
        channels,
        places(node, image, 1, size.height(), stride.height(), padding.height()),
        places(node, image, 2, size.width(), stride.width(), padding.width()));
  }

  private static int places(
      String node, List<Integer> image, int axis, int size, int stride, int padding) {
    long padded = image.get(axis) + 2L * padding;
    if (padded < size) {
      throw new IllegalArgumentException(
          node
              + " must get images at least as large as its window, got "
              + image
              + " with "
              + padded
              + " pixels, padding included, for a window of "
              + size);
    }
    long places = (padded - size) / stride + 1;
    if (places > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          node + " must give at most 2147483647 elements, got " + places + " places");
    }
    return (int) places;
  }
}
