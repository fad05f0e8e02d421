package org.bitloom.bench.kernel;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.Map;
import org.bitloom.update.StateArray;
import org.bitloom.update.StateBackend;

/**
 * Fills the state of a large tensor with copies of a small one's, side by side: drawing half a
 * billion latents would take minutes.
 */
final class TiledState {
  private TiledState() {}

  /** Fills a fresh tensor; the tile has its name and is trained in the same way. */
  static void fill(StateBackend<?> large, StateBackend<?> tile) {
    Map<String, StateArray> tiles = new HashMap<>();
    tile.arrays().forEach(array -> tiles.put(array.name(), array));
    for (StateArray array : large.arrays()) {
      array.restore(repeat(tiles.get(array.name()).values(), array.length()));
    }
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are of the same class
  private static Object repeat(Object tile, int length) {
    Object repeated = Array.newInstance(tile.getClass().getComponentType(), length);
    int step = Array.getLength(tile);
    for (int from = 0; from < length; from += step) {
      System.arraycopy(tile, 0, repeated, from, Math.min(step, length - from));
    }
    return repeated;
  }
}
