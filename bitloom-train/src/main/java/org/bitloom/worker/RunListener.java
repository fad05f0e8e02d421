package org.bitloom.worker;

/** Hears of a run that a worker trains; called on the thread that waits for it. */
@FunctionalInterface
public interface RunListener {
  /** A few times a second: where the run stands. */
  void at(Standing standing);

  /** Once, after the first steps of a run on a GPU. */
  default void memory(GpuMemory memory) {}
}
