package org.bitloom.bench.kernel;

import java.util.List;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateArray;
import org.bitloom.update.StateBackend;

/**
 * Says how many bytes an update reads and writes, counted from the live state arrays.
 *
 * <p>Latents and moments are floats, read and written; levels and frozen bits are whole numbers,
 * read only. The gradient is read twice, once to see that it is finite; the weight is read and
 * written.
 *
 * @param weights how many weights are updated
 * @param stateBytes bytes of all state arrays
 * @param movedBytes bytes read and written in one update, gradient and weight included; 0 = unknown
 */
public record MemoryTraffic(long weights, long stateBytes, long movedBytes) {
  private static final int GRADIENT_READS = 2;

  /** Moments and weight are read and written, the gradient is read. */
  private static final int LEAN_ADAM_BYTES = 7 * Float.BYTES;

  private static final int ADAM_STATE_BYTES = 2 * Float.BYTES;

  public MemoryTraffic {
    if (weights < 1 || stateBytes < 0 || movedBytes < 0) {
      throw new IllegalArgumentException(
          "weights must be 1 or more and bytes 0 or more, got "
              + List.of(weights, stateBytes, movedBytes));
    }
  }

  /** Counts the arrays of a state. */
  public static MemoryTraffic of(StateBackend<?> state) {
    long bytes = 0;
    long moved = 0;
    for (StateArray array : state.arrays()) {
      int element = array.type() == long[].class ? Long.BYTES : Integer.BYTES;
      int times = array.type() == float[].class ? 2 : 1;
      bytes += (long) element * array.length();
      moved += (long) times * element * array.length();
    }
    long weights = state.parameters().stream().mapToLong(ParameterSpec::size).sum();
    long around = (GRADIENT_READS + 2) * Float.BYTES * weights;
    return new MemoryTraffic(weights, bytes, moved + around);
  }

  /** Returns the least that Adam on floats has to move. */
  public static MemoryTraffic ofLeanAdam(long weights) {
    return new MemoryTraffic(weights, ADAM_STATE_BYTES * weights, LEAN_ADAM_BYTES * weights);
  }

  public double statePerWeight() {
    return (double) stateBytes / weights;
  }

  public double movedPerWeight() {
    return (double) movedBytes / weights;
  }
}
