package org.bitloom.session;

import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.update.StateBackend;

/** Where a session computes: on the processor, or on a device of the engine. */
interface Execution {
  /** Returns the state of the trained parameters. */
  StateBackend<?> state();

  /** Trains on one batch. */
  void step(Batch batch, int seed);

  /** Waits for all steps, and returns what they saw since this was called last. */
  Session.Seen seen();

  /** Says whether {@link #seen} costs nothing, so that every step may be looked at. */
  boolean seesEveryStep();

  /** Prepares the batches of a pass over samples. */
  Prefetch prefetch(ImageFeed feed, int batchSize);

  /** Evaluates all samples of {@code order}. */
  Evaluation evaluate(ImageFeed feed, int[] order);

  /** Brings the values of all parameters into the network on the processor. */
  void toHost();

  /** Takes over the values of all parameters from the network on the processor. */
  void fromHost();

  /** Writes the weights that the bits make into the network. */
  void compose();

  /** Returns the time spent in updates so far. */
  long updateNanos();

  /** Ends what belongs to the execution alone. */
  void close();
}
