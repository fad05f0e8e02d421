package org.bitloom.infer;

import java.util.Arrays;
import org.bitloom.infer.kernel.RowSums;

/**
 * A dense layer by its inputs: each input that is not 0 adds its column of weights to the sums of
 * the units. Inputs of 0, such as black pixels and what a ReLU cut off, cost nothing.
 *
 * <p>Two layouts: whole columns, or, where most weights are 0, only the others.
 */
final class DenseLayer implements Operation {
  /** Share of weights other than 0 below which lists of them are faster than whole columns. */
  private static final double SPARSE = 1.0 / 8;

  private final int input;
  private final int output;
  private final int inputs;
  private final Columns columns;
  private final ChannelScaling scaling;

  /** Adds columns of weights, each times its input, to sums. */
  private interface Columns {
    void add(float[] in, float[] sums);
  }

  /**
   * Lays out a layer.
   *
   * @param input value that it reads
   * @param output value that it writes
   * @param weights {@code [units, inputs]}
   * @param scaling of the units
   */
  DenseLayer(int input, int output, float[] weights, ChannelScaling scaling) {
    this.input = input;
    this.output = output;
    this.scaling = scaling;
    inputs = weights.length / scaling.factor().length;
    int nonZero = 0;
    for (float weight : weights) {
      nonZero += weight != 0 ? 1 : 0;
    }
    columns =
        nonZero < SPARSE * weights.length
            ? SparseColumns.of(weights, inputs, nonZero)
            : whole(weights, inputs);
  }

  private static Columns whole(float[] weights, int inputs) {
    int units = weights.length / inputs;
    float[][] columns = new float[inputs][units];
    for (int i = 0; i < weights.length; i++) {
      columns[i % inputs][i / inputs] = weights[i];
    }
    return (in, sums) -> RowSums.add(sums, 0, units, columns, in, 0, inputs);
  }

  @Override
  public void run(Arena arena) {
    float[] sums = arena.value(output);
    Arrays.fill(sums, 0, scaling.factor().length, 0);
    columns.add(arena.value(input), sums);
    scaling.applyToUnits(sums);
  }

  /**
   * Columns without their zeros.
   *
   * @param begin where the weights of each input begin, and behind the last
   * @param units which unit each weight belongs to
   * @param weights the weights other than 0
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record SparseColumns(int[] begin, int[] units, float[] weights) implements Columns {
    static SparseColumns of(float[] weights, int inputs, int nonZero) {
      int[] begin = new int[inputs + 1];
      int[] units = new int[nonZero];
      float[] kept = new float[nonZero];
      int count = 0;
      for (int i = 0; i < inputs; i++) {
        begin[i] = count;
        for (int at = i; at < weights.length; at += inputs) {
          if (weights[at] != 0) {
            units[count] = at / inputs;
            kept[count] = weights[at];
            count++;
          }
        }
      }
      begin[inputs] = count;
      return new SparseColumns(begin, units, kept);
    }

    @Override
    public void add(float[] in, float[] sums) {
      for (int i = 0; i < begin.length - 1; i++) {
        if (in[i] != 0) {
          add(in[i], begin[i], begin[i + 1], sums);
        }
      }
    }

    private void add(float in, int from, int to, float[] sums) {
      for (int k = from; k < to; k++) {
        sums[units[k]] += in * weights[k];
      }
    }
  }
}
