package org.bitloom.network;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** What a node computes, on the engine. */
interface Operation {
  /**
   * Computes the output of a batch.
   *
   * @param inputs what the node takes, {@code [batch, ...]} each
   * @return owned by the manager of the first input
   */
  NDArray apply(List<NDArray> inputs, StepParameters parameters);
}
