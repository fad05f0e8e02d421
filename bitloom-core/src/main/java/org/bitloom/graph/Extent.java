package org.bitloom.graph;

/**
 * A height and a width in pixels.
 *
 * @param height 0 or more
 * @param width 0 or more
 */
public record Extent(int height, int width) {
  public Extent {
    if (height < 0 || width < 0) {
      throw new IllegalArgumentException(
          "height and width must be at least 0, got " + height + "x" + width);
    }
  }

  /** Returns an extent as wide as high. */
  public static Extent square(int side) {
    return new Extent(side, side);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
