package org.bitloom.bench.step;

import org.bitloom.bench.kernel.MemoryTraffic;

/** A network in training whose steps are timed. */
public interface Competitor extends AutoCloseable {
  /** Returns what the tables call it. */
  String name();

  /** Takes one whole step: forward, backward, update. */
  void step();

  /** Returns the time spent in forward and backward since it was made. */
  long engineNanos();

  /** Returns the time spent in the update since it was made. */
  long updateNanos();

  /** Returns how many bytes its update has to move, and for how many weights. */
  MemoryTraffic traffic();

  @Override
  void close();
}
