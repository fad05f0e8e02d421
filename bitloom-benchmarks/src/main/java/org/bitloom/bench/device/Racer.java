package org.bitloom.bench.device;

import java.io.IOException;

/** A training whose steps are timed against those of others. */
interface Racer extends AutoCloseable {
  /** Returns what the table calls it. */
  String name();

  /** Readies a batch of another size. */
  void prepare(int batch) throws IOException;

  /** Takes whole steps, without waiting for the device. */
  void steps(int count);

  /** Takes updates alone, by gradients that do not change, without waiting for the device. */
  void updates(int count);

  @Override
  void close();
}
