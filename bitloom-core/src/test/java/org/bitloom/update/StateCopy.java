package org.bitloom.update;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The saved state of a parameter; equal if every bit of every array is. */
final class StateCopy {
  private final Map<String, Object> arrays = new LinkedHashMap<>();

  private StateCopy() {}

  static StateCopy of(TrainedParameter parameter) {
    StateCopy copy = new StateCopy();
    parameter.visit((name, live) -> copy.add(name, live));
    return copy;
  }

  static StateCopy of(List<StateArray> arrays) {
    StateCopy copy = new StateCopy();
    arrays.forEach(array -> copy.add(array.name(), array.values()));
    return copy;
  }

  private void add(String name, Object live) {
    Object values = Array.newInstance(live.getClass().getComponentType(), Array.getLength(live));
    System.arraycopy(live, 0, values, 0, Array.getLength(live));
    if (arrays.put(name, values) != null) {
      throw new AssertionError("names must be unique, got twice " + name);
    }
  }

  void restoreInto(TrainedParameter parameter) {
    parameter.visit((name, live) -> new JavaArray(name, live).restore(arrays.get(name)));
  }

  /** Returns bytes of all arrays that grow with the weights. */
  long bytesOfWeights() {
    return arrays.entrySet().stream()
        .filter(array -> !Set.of("scale", "steps").contains(array.getKey()))
        .mapToLong(array -> bytes(array.getValue()).length)
        .sum();
  }

  /** Returns the floats saved under a name. */
  float[] floats(String name) {
    return (float[]) arrays.get(name);
  }

  /** Returns the names of the arrays that are not the same in both. */
  Set<String> differences(StateCopy other) {
    Set<String> names = new TreeSet<>(arrays.keySet());
    names.addAll(other.arrays.keySet());
    names.removeIf(name -> Arrays.equals(bytes(arrays.get(name)), bytes(other.arrays.get(name))));
    return names;
  }

  private static byte[] bytes(Object array) {
    if (array == null) {
      return null;
    }
    int length = Array.getLength(array);
    ByteBuffer bytes = ByteBuffer.allocate(length * (array instanceof long[] ? 8 : 4));
    if (array instanceof float[] floats) {
      for (float value : floats) {
        bytes.putInt(Float.floatToRawIntBits(value));
      }
    } else if (array instanceof int[] ints) {
      bytes.asIntBuffer().put(ints);
    } else {
      bytes.asLongBuffer().put((long[]) array);
    }
    return bytes.array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateCopy copy && differences(copy).isEmpty();
  }

  @Override
  public int hashCode() {
    return arrays.keySet().hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    arrays.forEach((name, array) -> text.append(name).append(Arrays.toString(bytes(array))));
    return text.toString();
  }
}
