package org.bitloom.infer;

/**
 * One step on the way from pixels to scores: reads some values of an arena and writes another.
 * Immutable, so that any number of threads can carry it out, each in an arena of its own.
 */
interface Operation {
  /** Carries it out for one sample. */
  void run(Arena arena);
}
