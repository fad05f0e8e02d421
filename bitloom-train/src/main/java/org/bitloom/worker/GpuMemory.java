package org.bitloom.worker;

import java.util.Map;

/**
 * The memory of a GPU while a run is trained on it.
 *
 * @param freeBytes that no process holds
 * @param takenBytes that the run took with its network, its state and its first batches
 */
public record GpuMemory(long freeBytes, long takenBytes) {
  private static final String FREE = "free";
  private static final String TAKEN = "taken";

  Map<String, Object> json() {
    return Map.of(FREE, freeBytes, TAKEN, takenBytes);
  }

  static GpuMemory parse(Map<?, ?> json) {
    return new GpuMemory((Long) json.get(FREE), (Long) json.get(TAKEN));
  }
}
