package org.bitloom.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What one turn of a competitor took per step, medians in nanoseconds.
 *
 * @param step the whole step
 * @param engine forward and backward
 * @param update the update alone
 */
record Turn(double step, double engine, double update) {
  /**
   * Lets a competitor take a turn of some steps. Of two or more the first is not counted: it finds
   * the data of the others in the cache.
   */
  static Turn of(Competitor competitor, int steps) {
    List<Turn> counted = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Turn step = oneStep(competitor);
      if (i > 0 || steps == 1) {
        counted.add(step);
      }
    }
    return new Turn(
        Median.of(counted, Turn::step),
        Median.of(counted, Turn::engine),
        Median.of(counted, Turn::update));
  }

  /** Returns what is neither forward nor backward. */
  double rest() {
    return step - engine;
  }

  private static Turn oneStep(Competitor competitor) {
    long engine = competitor.engineNanos();
    long update = competitor.updateNanos();
    long begin = System.nanoTime();
    competitor.step();
    long nanos = System.nanoTime() - begin;
    return new Turn(nanos, competitor.engineNanos() - engine, competitor.updateNanos() - update);
  }
}
