package org.bitloom.optimizer;

import java.util.HashMap;
import java.util.Map;
import org.bitloom.update.StateArray;
import org.bitloom.update.StateBackend;

/** The state arrays of one parameter, by name; live until the next step. */
final class SavedState {
  private final Map<String, Object> arrays = new HashMap<>();

  SavedState(StateBackend<?> state, String parameter) {
    for (StateArray array : state.arrays()) {
      if (array.name().startsWith(parameter + "/")) {
        arrays.put(array.name().substring(parameter.length() + 1), array.values());
      }
    }
  }

  float[] floats(String name) {
    return (float[]) arrays.get(name);
  }

  int[] ints(String name) {
    return (int[]) arrays.get(name);
  }
}
