package org.bitloom.update;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The saved state of a parameter; equal if every bit of every array is. */
final class StateCopy {
  private final Map<String, int[]> ints = new LinkedHashMap<>();
  private final Map<String, long[]> longs = new LinkedHashMap<>();

  private StateCopy() {}

  static StateCopy of(TrainedParameter parameter) {
    StateCopy copy = new StateCopy();
    parameter.visit(copy.new Saver());
    return copy;
  }

  void restoreInto(TrainedParameter parameter) {
    parameter.visit(new Restorer());
  }

  /** Returns bytes of all arrays that grow with the weights. */
  long bytesOfWeights() {
    long bytes = 0;
    for (Map.Entry<String, int[]> array : ints.entrySet()) {
      bytes += array.getKey().equals("scale") ? 0 : 4L * array.getValue().length;
    }
    for (Map.Entry<String, long[]> array : longs.entrySet()) {
      bytes += array.getKey().equals("steps") ? 0 : 8L * array.getValue().length;
    }
    return bytes;
  }

  /** Returns the floats saved under a name. */
  float[] floats(String name) {
    int[] bits = ints.get(name);
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return values;
  }

  /** Returns the names of the arrays that are not the same in both. */
  Set<String> differences(StateCopy other) {
    Set<String> names = new TreeSet<>();
    names.addAll(ints.keySet());
    names.addAll(longs.keySet());
    names.addAll(other.ints.keySet());
    names.addAll(other.longs.keySet());
    names.removeIf(
        name ->
            Arrays.equals(ints.get(name), other.ints.get(name))
                && Arrays.equals(longs.get(name), other.longs.get(name)));
    return names;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateCopy copy && toString().equals(copy.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    ints.forEach((name, bits) -> text.append(name).append(Arrays.toString(bits)));
    longs.forEach((name, bits) -> text.append(name).append(Arrays.toString(bits)));
    return text.toString();
  }

  private static <T> void putNew(Map<String, T> arrays, String name, T array) {
    if (arrays.put(name, array) != null) {
      throw new AssertionError("names must be unique within a parameter, got twice " + name);
    }
  }

  private final class Saver implements StateVisitor {
    @Override
    public void floats(String name, float[] live) {
      int[] bits = new int[live.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToRawIntBits(live[i]);
      }
      putNew(ints, name, bits);
    }

    @Override
    public void ints(String name, int[] live) {
      putNew(ints, name, live.clone());
    }

    @Override
    public void longs(String name, long[] live) {
      putNew(longs, name, live.clone());
    }
  }

  private final class Restorer implements StateVisitor {
    @Override
    public void floats(String name, float[] live) {
      float[] saved = StateCopy.this.floats(name);
      System.arraycopy(saved, 0, live, 0, live.length);
    }

    @Override
    public void ints(String name, int[] live) {
      System.arraycopy(ints.get(name), 0, live, 0, live.length);
    }

    @Override
    public void longs(String name, long[] live) {
      System.arraycopy(longs.get(name), 0, live, 0, live.length);
    }
  }
}
