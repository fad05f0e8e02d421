package org.bitloom.infer.kernel;

import java.util.Arrays;

/**
 * The specification: a filter's sums are pixels times weights, added up; weights of 0 are skipped.
 *
 * <p>It copies the pixels of some weights into rows that have the index of the sums, and adds the
 * rows up for one filter after the other.
 */
final class ScalarInference implements InferenceKernels {
  /** Rows and positions that are worked on at once: 128 KB, which stay in the cache. */
  private static final int ROWS = 32;

  private static final int LENGTH = 1024;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public FilterBank prepare(Filters filters) {
    return new Bank(filters);
  }

  private record Bank(Filters filters) implements FilterBank {
    @Override
    public int rows() {
      return Math.min(ROWS, filters.taps());
    }

    @Override
    public void apply(float[] planes, float[][] sums, float[][] rows) {
      int positions = filters.positions();
      for (int f = 0; f < filters.filters(); f++) {
        Arrays.fill(sums[f], 0, positions, 0);
      }
      int parts = (positions - 1) / LENGTH + 1;
      int length = (positions - 1) / parts + 1;
      for (int from = 0; from < positions; from += length) {
        int to = Math.min(from + length, positions);
        for (int group = 0; group < filters.groups(); group++) {
          for (int tap = 0; tap < filters.taps(); tap += ROWS) {
            copy(group, tap, planes, rows, from, to);
            add(group, tap, sums, rows, from, to);
          }
        }
      }
    }

    private int count(int tap) {
      return Math.min(ROWS, filters.taps() - tap);
    }

    private void copy(int group, int tap, float[] planes, float[][] rows, int from, int to) {
      int base = group * filters.groupStride() + from;
      for (int r = 0; r < count(tap); r++) {
        int offset = base + filters.offsets()[tap + r];
        System.arraycopy(planes, offset, rows[r], from, to - from);
      }
    }

    private void add(int group, int tap, float[][] sums, float[][] rows, int from, int to) {
      int perGroup = filters.filters() / filters.groups();
      for (int f = group * perGroup; f < (group + 1) * perGroup; f++) {
        int at = f * filters.taps() + tap;
        RowSums.add(sums[f], from, to, rows, filters.weights(), at, count(tap));
      }
    }
  }
}
