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
    if (product(shape) != Array.getLength(array)) {
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

  /**
   * Returns floats of any width as F32, rounded to the nearest; those beyond it become infinite.
   *
   * @throws IllegalArgumentException if they are not F32, F64, F16 or BF16
   */
  public float[] toFloats() {
    if (array instanceof float[] floats) {
      return floats;
    }
    float[] converted = new float[Array.getLength(array)];
    for (int i = 0; i < converted.length; i++) {
      converted[i] =
          switch (type) {
            case F64 -> (float) ((double[]) array)[i];
            case F16 -> half(((short[]) array)[i]);
            case BF16 -> Float.intBitsToFloat(((short[]) array)[i] << Short.SIZE);
            default ->
                throw new IllegalArgumentException(
                    "type of " + name + " must be one of [F32, F64, F16, BF16], got " + type);
          };
    }
    return converted;
  }

  /** Returns the value of a float of 16 bits: sign, 5 bits of exponent, 10 of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> (0x400 + fraction) * Math.scalb(1f, exponent - 25);
        };
    return bits < 0 ? -size : size;
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

  /** Returns the product, 1 for no dimension; -1 if one is negative or the product beyond 2^63. */
  static long product(List<Long> shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0 || (dimension > 0 && product > Long.MAX_VALUE / dimension)) {
        return -1;
      }
      product *= dimension;
    }
    return product;
  }
}
