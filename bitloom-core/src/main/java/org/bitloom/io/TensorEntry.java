package org.bitloom.io;

import java.util.List;

/**
 * Describes a tensor of an open file, as checked against the file's size.
 *
 * @param name of the tensor
 * @param type of the elements
 * @param shape dimensions, each at least 0
 * @param begin first byte of the data, counted from the first byte of the file
 * @param end byte after the data, counted from the first byte of the file
 */
public record TensorEntry(String name, TensorType type, List<Long> shape, long begin, long end) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Returns the number of elements, the product of the shape. */
  public long elements() {
    return (end - begin) / type.bytes();
  }
}
