package org.bitloom.update;

/**
 * Sees the arrays that a tensor's training needs to go on, always in the same order.
 *
 * <p>The arrays are the live ones: a visitor that saves reads them, one that restores fills them.
 */
public interface StateVisitor {
  /** Visits floats called {@code name}, unique within the tensor. */
  void floats(String name, float[] live);

  /** Visits ints called {@code name}, unique within the tensor. */
  void ints(String name, int[] live);

  /** Visits longs called {@code name}, unique within the tensor. */
  void longs(String name, long[] live);
}
