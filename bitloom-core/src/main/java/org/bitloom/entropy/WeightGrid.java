package org.bitloom.entropy;

import java.util.List;

/**
 * The weights of a layer as rows, one for each unit or filter.
 *
 * <p>Where the weights of a row belong to places of an image, those beside and above are what is
 * known best of a weight: a row is made of planes, and a plane of lines.
 *
 * @param rows at least 1
 * @param columns weights of a row, at least 1
 * @param width weights of a line; 0 = they have no places
 * @param plane weights of a plane, a multiple of {@code width}
 * @param depth bits of a weight, sign included, 1..32
 * @param zeroSigns whether the sign of a zero is kept; else it is read as positive
 */
public record WeightGrid(
    int rows, int columns, int width, int plane, int depth, boolean zeroSigns) {
  public WeightGrid {
    if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a layer must have 1 to 2147483647 weights, got " + rows + " rows of " + columns);
    }
    if (depth < 1 || depth > Integer.SIZE) {
      throw new IllegalArgumentException("depth must be 1..32, got " + depth);
    }
  }

  /**
   * Finds the grid of a weight.
   *
   * @param shape dimensions of the weight: [out, in] or [out, in, height, width], or others
   * @param inputShape of the network; a layer with as many columns sees its pixels
   */
  public static WeightGrid of(
      List<Integer> shape, List<Integer> inputShape, int depth, boolean zeroSigns) {
    int rows = shape.isEmpty() ? 1 : shape.get(0);
    int columns = shape.isEmpty() ? 1 : product(shape.subList(1, shape.size()));
    int width = 0;
    int plane = 0;
    if (shape.size() == 4) {
      width = shape.get(3);
      plane = width * shape.get(2);
    } else if (shape.size() == 2 && inputShape.size() == 3 && columns == product(inputShape)) {
      width = inputShape.get(2);
      plane = width * inputShape.get(1);
    }
    return new WeightGrid(rows, columns, width, plane, depth, zeroSigns);
  }

  /** Returns the product, or 0 where it is too large for a layer. */
  private static int product(List<Integer> sides) {
    long product = 1;
    for (int side : sides) {
      product *= side;
      if (side < 1 || product > Integer.MAX_VALUE) {
        return 0;
      }
    }
    return (int) product;
  }

  /** Returns the number of weights. */
  public int size() {
    return rows * columns;
  }
}
