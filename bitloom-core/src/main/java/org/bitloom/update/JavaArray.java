package org.bitloom.update;

import java.lang.reflect.Array;

/**
 * An array of a state that lies on the Java heap.
 *
 * @param live what the kernels work on
 */
record JavaArray(String name, Object live) implements StateArray {
  @Override
  public Class<?> type() {
    return live.getClass();
  }

  @Override
  public int length() {
    return Array.getLength(live);
  }

  @Override
  public Object values() {
    return live;
  }

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the same class
  public void restore(Object values) {
    if (values.getClass() != type() || Array.getLength(values) != length()) {
      throw new IllegalArgumentException(
          name + " must be restored from " + describe(live) + ", got " + describe(values));
    }
    System.arraycopy(values, 0, live, 0, length());
  }

  private static String describe(Object array) {
    Class<?> element = array.getClass().getComponentType();
    return element == null
        ? array.getClass().getSimpleName()
        : element.getSimpleName() + "[" + Array.getLength(array) + "]";
  }
}
