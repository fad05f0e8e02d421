package org.bitloom.infer;

import java.util.List;

/**
 * A graph as operations in order.
 *
 * @param pixels from raw pixels to the input, value 0
 * @param folded whether the offset of the pixels is part of the first layer
 * @param operations from the input to the output
 * @param output value that holds the scores in the end
 * @param arena what the operations need
 */
record LoadedGraph(
    PixelScaling pixels,
    boolean folded,
    List<Operation> operations,
    int output,
    ArenaLayout arena) {
  LoadedGraph {
    operations = List.copyOf(operations);
  }

  /** Writes the scores of one sample to {@code scores}. */
  void run(Arena memory, float[] input, float[] scores) {
    if (folded) {
      pixels.applyFactors(input, memory.value(0));
    } else {
      pixels.apply(input, memory.value(0));
    }
    for (Operation operation : operations) {
      operation.run(memory);
    }
    System.arraycopy(memory.value(output), 0, scores, 0, scores.length);
  }
}
