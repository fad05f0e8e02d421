package org.bitloom.bench.epoch;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where the seconds of an epoch went.
 *
 * @param seconds of the whole epoch
 * @param data waiting for batches
 * @param engine forward and backward, with the metrics of the training samples
 * @param update moving the parameters
 * @param evaluation of the test images
 * @param bytesPerStep of garbage on the Java heap, all threads, per training step
 * @param accuracy on the test images, 0..1
 */
record EpochTimes(
    double seconds,
    double data,
    double engine,
    double update,
    double evaluation,
    double bytesPerStep,
    double accuracy) {

  /** Returns the means of several epochs, and the accuracy of the last. */
  static EpochTimes mean(List<EpochTimes> epochs) {
    return new EpochTimes(
        mean(epochs, EpochTimes::seconds),
        mean(epochs, EpochTimes::data),
        mean(epochs, EpochTimes::engine),
        mean(epochs, EpochTimes::update),
        mean(epochs, EpochTimes::evaluation),
        mean(epochs, EpochTimes::bytesPerStep),
        epochs.get(epochs.size() - 1).accuracy());
  }

  private static double mean(List<EpochTimes> epochs, ToDoubleFunction<EpochTimes> part) {
    return epochs.stream().mapToDouble(part).average().orElseThrow();
  }
}
