package org.bitloom.settings;

import org.bitloom.update.RateDecay;

/**
 * Says how many epochs a run has, and which learning rate each step uses: phases of epochs, {@code
 * 40x9e-4,40x9e-5,20x9e-6}, or a decay from step to step, {@code cosine:30x1e-3:warmup2}.
 */
public sealed interface Schedule permits PhaseSchedule, DecaySchedule {
  /** Returns the number of epochs, at least 1. */
  int epochs();

  /** Returns the learning rate that {@code --lr} names: of the first phase, or the highest. */
  double firstRate();

  /**
   * Returns the learning rate of a step.
   *
   * @param step of the run, 1 for the first
   * @param batches steps of an epoch, at least 1
   */
  double rate(long step, int batches);

  /**
   * Reads what {@link #toString} prints.
   *
   * @throws org.bitloom.error.UsageException if it is no schedule
   */
  static Schedule parse(String text) {
    return text.indexOf(':') >= 0 ? DecaySchedule.parse(text) : PhaseSchedule.parse(text);
  }

  /** Returns phases as they are used when only a number of epochs is given. */
  static Schedule stepped(int epochs, double rate) {
    return PhaseSchedule.decaying(epochs, rate);
  }

  /**
   * Returns a decay from step to step.
   *
   * @param warmup epochs of a linear rise to the rate, 0 to below epochs
   */
  static Schedule decaying(RateDecay decay, int epochs, double rate, double warmup) {
    return new DecaySchedule(decay, epochs, rate, warmup);
  }

  /** Prints the form that {@link #parse} reads with rates as people type them, without loss. */
  String typed();

  /**
   * Prints the form that {@link #parse} reads, alike on every JDK, without loss. Settings and the
   * names of runs are made of it, so it stays as it is.
   */
  @Override
  String toString();
}
