package org.bitloom.model;

import java.util.Arrays;
import java.util.List;

/**
 * Holds an ordinary parameter: a bias, batch-norm statistics, or a weight of the float baseline.
 *
 * @param name of the parameter in its network, not empty
 * @param shape dimensions, each at least 1
 * @param values in row-major order, finite; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record FloatTensor(String name, List<Integer> shape, float[] values) implements ModelTensor {

  public FloatTensor {
    Shapes.checkName(name);
    shape = Shapes.check(name, shape, values.length);
    values = values.clone();
    Shapes.checkFinite(name, values);
  }

  /** Returns the values in a new array. */
  @Override
  public float[] values() {
    return values.clone();
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public float[] weights() {
    return values.clone();
  }

  /** Compares all parts; +0 and -0 differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FloatTensor that
        && name.equals(that.name)
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + shape + " float";
  }
}
