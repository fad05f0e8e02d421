package org.bitloom.infer.kernel;

import java.util.Optional;

/**
 * The inner loops that are worth writing twice. Twins give the same sums but for the rounding of
 * floats: they may add in another order.
 */
public interface InferenceKernels {
  /** Returns the name by which they are demanded. */
  String name();

  /** Returns why they would be slow in this process, and what to change; empty if they are not. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /** Lays out filters once, to be applied many times. */
  FilterBank prepare(Filters filters);
}
