package org.bitloom.infer.kernel;

/**
 * The filters of a convolution over images that lie as {@code planes} in one array: a filter's sum
 * at a position is {@code sum of weights[f][t] * planes[base + offsets[t] + position]}, where base
 * is that of the filter's group.
 *
 * <p>The arrays are handed over, not copied: nobody modifies them afterwards.
 *
 * @param groups parts into which channels and filters are split; divides {@code filters}
 * @param filters how many there are, of all groups
 * @param groupStride from the base of one group to that of the next
 * @param offsets where the pixel of each weight lies, counted from base and position
 * @param weights {@code [filters, offsets.length]}
 * @param positions how many sums each filter makes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Filters(
    int groups, int filters, int groupStride, int[] offsets, float[] weights, int positions) {

  /**
   * How far beyond the last pixel and the last sum kernels may read and write: a kernel that works
   * on many positions at once need not stop at the last.
   */
  public static final int SLACK = 256;

  public Filters {
    if (filters % groups != 0 || weights.length != filters * offsets.length) {
      throw new IllegalArgumentException(
          "filters must fit their groups and weights, got "
              + filters
              + " in "
              + groups
              + " groups, "
              + offsets.length
              + " offsets and "
              + weights.length
              + " weights");
    }
  }

  /** Returns the number of weights of one filter. */
  public int taps() {
    return offsets.length;
  }

  /** Returns where the planes of a filter's group begin. */
  public int base(int filter) {
    return filter / (filters / groups) * groupStride;
  }

  /** Counts the weights of a filter that are not 0. */
  public int nonZero(int filter) {
    int count = 0;
    for (int t = 0; t < taps(); t++) {
      count += weights[filter * taps() + t] != 0 ? 1 : 0;
    }
    return count;
  }
}
