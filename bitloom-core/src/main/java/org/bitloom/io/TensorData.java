package org.bitloom.io;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs an array with the name and shape under which it goes into a file.
 *
 * <p>The array is not copied: a checkpoint has hundreds of megabytes of them. Whoever passes one
 * must leave it alone until the file is written.
 *
 * @param name of the tensor in the file
 * @param type of the elements
 * @param shape dimensions, each at least 0; their product is the length of the array
 * @param array of the class {@link TensorType#array}, in row-major order
 */
public record TensorData(String name, TensorType type, List<Long> shape, Object array) {
  public TensorData {
    shape = List.copyOf(shape);
    if (!type.array().isInstance(array)) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + type.array().getSimpleName()
              + " to be written as "
              + type
              + ", got "
              + array.getClass().getSimpleName());
    }
    if (Dimensions.product(shape) != Array.getLength(array)) {
      throw new IllegalArgumentException(
          name
              + " must have one element per place of its shape "
              + shape
              + ", got "
              + Array.getLength(array));
    }
  }

  /** Wraps floats as F32. */
  public static TensorData floats(String name, long[] shape, float[] values) {
    return of(name, TensorType.F32, shape, values);
  }

  /** Wraps signed integers as I32. */
  public static TensorData ints(String name, long[] shape, int[] values) {
    return of(name, TensorType.I32, shape, values);
  }

  /** Wraps the bits of ints as U32. */
  public static TensorData unsignedInts(String name, long[] shape, int[] values) {
    return of(name, TensorType.U32, shape, values);
  }

  /** Wraps the bits of shorts as U16. */
  public static TensorData unsignedShorts(String name, long[] shape, short[] values) {
    return of(name, TensorType.U16, shape, values);
  }

  /** Wraps the bits of bytes as U8. */
  public static TensorData unsignedBytes(String name, long[] shape, byte[] values) {
    return of(name, TensorType.U8, shape, values);
  }

  /** Wraps signed integers as I64. */
  public static TensorData longs(String name, long[] shape, long[] values) {
    return of(name, TensorType.I64, shape, values);
  }

  private static TensorData of(String name, TensorType type, long[] shape, Object array) {
    return new TensorData(name, type, Arrays.stream(shape).boxed().toList(), array);
  }

  /** Returns the number of elements. */
  public int elements() {
    return Array.getLength(array);
  }
}
