package org.bitloom.bench.kernel;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.Map;
import org.bitloom.update.StateVisitor;
import org.bitloom.update.TrainedParameter;

/**
 * Fills the state of a large tensor with copies of a small one's, side by side: drawing half a
 * billion latents would take minutes.
 */
final class TiledState implements StateVisitor {
  private final Map<String, Object> tiles = new HashMap<>();
  private boolean filling;

  /** Shows the state of one tensor. */
  TiledState(TrainedParameter tile) {
    tile.visit(this);
    filling = true;
  }

  /** Fills a fresh tensor that is trained in the same way. */
  void fill(TrainedParameter large) {
    large.visit(this);
  }

  @Override
  public void floats(String name, float[] live) {
    repeat(name, live, live.length);
  }

  @Override
  public void ints(String name, int[] live) {
    repeat(name, live, live.length);
  }

  @Override
  public void longs(String name, long[] live) {
    repeat(name, live, live.length);
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are the array of that name
  private void repeat(String name, Object live, int length) {
    if (!filling) {
      tiles.put(name, live);
      return;
    }
    Object tile = tiles.get(name);
    int step = Array.getLength(tile);
    for (int from = 0; from < length; from += step) {
      System.arraycopy(tile, 0, live, from, Math.min(step, length - from));
    }
  }
}
