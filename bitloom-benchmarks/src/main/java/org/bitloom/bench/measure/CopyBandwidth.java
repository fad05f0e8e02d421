package org.bitloom.bench.measure;

import java.util.Arrays;
import org.bitloom.update.kernel.ThreadTeam;

/** Measures how fast this machine copies arrays that no cache holds, with all threads of a run. */
public final class CopyBandwidth {
  private static final int FLOATS = 1 << 24; // 64 MB, twice

  /** Floats per unit of work: with chunks of 1,024 units each thread copies 256 KB at a time. */
  private static final int UNIT = 64;

  private final float[] source = new float[FLOATS];
  private final float[] target = new float[FLOATS];
  private final ThreadTeam team;

  public CopyBandwidth(ThreadTeam team) {
    this.team = team;
    Arrays.fill(source, 1);
  }

  /** Copies once and returns bytes read and written per nanosecond, which is GB/s. */
  public double once() {
    long begin = System.nanoTime();
    team.run(
        FLOATS / UNIT,
        chunk ->
            System.arraycopy(
                source, chunk.from * UNIT, target, chunk.from * UNIT, chunk.count * UNIT));
    return 2.0 * Float.BYTES * FLOATS / (System.nanoTime() - begin);
  }
}
