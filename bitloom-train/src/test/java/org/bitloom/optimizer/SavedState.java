package org.bitloom.optimizer;

import java.util.HashMap;
import java.util.Map;
import org.bitloom.update.StateVisitor;
import org.bitloom.update.TrainedParameter;

/** A copy of the state arrays of a parameter, by name. */
final class SavedState implements StateVisitor {
  private final Map<String, Object> arrays = new HashMap<>();

  SavedState(TrainedParameter parameter) {
    parameter.visit(this);
  }

  float[] floats(String name) {
    return (float[]) arrays.get(name);
  }

  int[] ints(String name) {
    return (int[]) arrays.get(name);
  }

  long[] longs(String name) {
    return (long[]) arrays.get(name);
  }

  @Override
  public void floats(String name, float[] live) {
    arrays.put(name, live.clone());
  }

  @Override
  public void ints(String name, int[] live) {
    arrays.put(name, live.clone());
  }

  @Override
  public void longs(String name, long[] live) {
    arrays.put(name, live.clone());
  }
}
