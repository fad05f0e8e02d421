package org.bitloom.infer;

/**
 * The memory that one thread needs to run a network once: the values between the operations and
 * room for kernels. What it held before never matters.
 *
 * <p>Values that are never needed at once share an array. An array may be longer than its value.
 */
final class Arena {
  private final float[][] values;
  private final float[] planes;
  private final float[][] sums;
  private final float[][] rows;

  Arena(ArenaLayout layout) {
    float[][] arrays = new float[layout.arrayLengths().size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[layout.arrayLengths().get(i)];
    }
    values = new float[layout.arrayOfValue().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = arrays[layout.arrayOfValue().get(i)];
    }
    planes = new float[layout.planes()];
    sums = new float[layout.sums()][layout.sumLength()];
    rows = new float[layout.rows()][layout.sumLength()];
  }

  /** Returns the array of a value, counted from the input on. */
  float[] value(int number) {
    return values[number];
  }

  /** Returns the room for the input of a convolution. */
  float[] planes() {
    return planes;
  }

  /** Returns an array for the sums of each filter. */
  float[][] sums() {
    return sums;
  }

  /** Returns the rows that kernels work in. */
  float[][] rows() {
    return rows;
  }
}
