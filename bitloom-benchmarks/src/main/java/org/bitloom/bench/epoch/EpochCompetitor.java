package org.bitloom.bench.epoch;

import java.io.IOException;
import java.util.function.Consumer;

/** Trains LeNet-300-100 on the images of MNIST, or of the same shape. */
interface EpochCompetitor {
  /** Returns what the table calls it. */
  String name();

  /** Trains for some epochs and tells of each, on the calling thread. */
  void train(int epochs, Consumer<EpochTimes> heard) throws IOException;
}
