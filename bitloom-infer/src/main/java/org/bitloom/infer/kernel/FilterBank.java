package org.bitloom.infer.kernel;

/** Filters as a kernel wants them; used by any number of threads at once. */
public interface FilterBank {
  /**
   * Writes the sums of all filters.
   *
   * @param planes pixels as {@link Filters} says, with {@link Filters#SLACK} more behind them
   * @param sums for each filter an array that gets its sums from index 0 on, also with slack;
   *     whatever it held before does not matter
   * @param rows room to work in: {@link #rows} arrays, each as long as there are positions
   */
  void apply(float[] planes, float[][] sums, float[][] rows);

  /** Returns how many rows it needs to work in. */
  int rows();
}
