package org.bitloom.simd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.infer.kernel.FilterBank;
import org.bitloom.infer.kernel.Filters;

/**
 * Filters for vectors: four at a time, so that a pixel that is loaded serves four sums; one at a
 * time, without the weights of 0, where most of them are.
 */
final class VectorFilters implements FilterBank {
  /** Filters that share the pixels they load. */
  private static final int TOGETHER = 4;

  /** Share of weights other than 0 below which filters are faster one by one. */
  private static final double SPARSE = 0.5;

  private final int positions;
  private final List<Block> blocks = new ArrayList<>();

  /** Some neighbouring filters. */
  private sealed interface Block {
    void apply(float[] planes, float[][] sums, int positions);
  }

  /**
   * Four filters.
   *
   * @param first number of the first
   * @param offsets of the pixels of all weights, group included
   * @param weights {@code [offset, filter]}
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Four(int first, int[] offsets, float[] weights) implements Block {
    @Override
    public void apply(float[] planes, float[][] sums, int positions) {
      float[] a = sums[first];
      float[] b = sums[first + 1];
      float[] c = sums[first + 2];
      float[] d = sums[first + 3];
      VectorSums.four(planes, offsets, weights, a, b, c, d, positions);
    }
  }

  /**
   * One filter.
   *
   * @param filter its number
   * @param offsets of the pixels of the weights that are not 0, group included
   * @param weights these weights
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record One(int filter, int[] offsets, float[] weights) implements Block {
    @Override
    public void apply(float[] planes, float[][] sums, int positions) {
      VectorSums.one(planes, offsets, weights, sums[filter], positions);
    }
  }

  VectorFilters(Filters filters) {
    positions = filters.positions();
    int perGroup = filters.filters() / filters.groups();
    int filter = 0;
    while (filter < filters.filters()) {
      if (filter % perGroup + TOGETHER <= perGroup && isDense(filters, filter)) {
        blocks.add(four(filters, filter));
        filter += TOGETHER;
      } else {
        blocks.add(one(filters, filter));
        filter++;
      }
    }
  }

  private static boolean isDense(Filters filters, int first) {
    int nonZero = 0;
    for (int f = first; f < first + TOGETHER; f++) {
      nonZero += filters.nonZero(f);
    }
    return nonZero >= SPARSE * TOGETHER * filters.taps();
  }

  private static Block four(Filters filters, int first) {
    int taps = filters.taps();
    int base = filters.base(first);
    int[] offsets = Arrays.stream(filters.offsets()).map(offset -> offset + base).toArray();
    float[] weights = new float[TOGETHER * taps];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = filters.weights()[(first + i % TOGETHER) * taps + i / TOGETHER];
    }
    return new Four(first, offsets, weights);
  }

  private static Block one(Filters filters, int filter) {
    int[] offsets = new int[filters.nonZero(filter)];
    float[] weights = new float[offsets.length];
    int count = 0;
    for (int t = 0; t < filters.taps(); t++) {
      float weight = filters.weights()[filter * filters.taps() + t];
      if (weight != 0) {
        offsets[count] = filters.base(filter) + filters.offsets()[t];
        weights[count] = weight;
        count++;
      }
    }
    return new One(filter, offsets, weights);
  }

  @Override
  public int rows() {
    return 0;
  }

  @Override
  public void apply(float[] planes, float[][] sums, float[][] rows) {
    for (Block block : blocks) {
      block.apply(planes, sums, positions);
    }
  }
}
