package org.bitloom.infer;

/**
 * The sum of values, with 0 in place of what is negative if a ReLU follows.
 *
 * @param inputs values that it reads, two or more
 * @param output value that it writes
 * @param size numbers of each value
 * @param relu whether negative sums become 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Sum(int[] inputs, int output, int size, boolean relu) implements Operation {
  @Override
  public void run(Arena arena) {
    float[] out = arena.value(output);
    add(arena.value(inputs[0]), arena.value(inputs[1]), out);
    for (int i = 2; i < inputs.length; i++) {
      add(out, arena.value(inputs[i]), out);
    }
    if (relu) {
      for (int i = 0; i < size; i++) {
        out[i] = Math.max(0, out[i]);
      }
    }
  }

  private void add(float[] a, float[] b, float[] out) {
    for (int i = 0; i < size; i++) {
      out[i] = a[i] + b[i];
    }
  }
}
