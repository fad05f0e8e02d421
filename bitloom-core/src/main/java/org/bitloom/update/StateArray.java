package org.bitloom.update;

/** A named array of a training state, wherever it lies: to save it, or to put it back. */
public interface StateArray {
  /** Returns the name, unique in the network: {@code conv1.weight/magnitude.m}. */
  String name();

  /** Returns {@code float[].class}, {@code int[].class} or {@code long[].class}. */
  Class<?> type();

  /** Returns the number of elements. */
  int length();

  /**
   * Returns the elements now, an array of {@link #type}. It may be the state itself: read it before
   * the next step, and leave it as it is.
   */
  Object values();

  /**
   * Replaces the elements.
   *
   * @param values an array of {@link #type} and {@link #length}; read
   * @throws IllegalArgumentException if it is another one; then nothing has changed
   */
  void restore(Object values);
}
