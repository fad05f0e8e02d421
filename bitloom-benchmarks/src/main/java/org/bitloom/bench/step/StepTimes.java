package org.bitloom.bench.step;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.measure.Median;

/**
 * What one turn of a competitor took per step, medians in nanoseconds.
 *
 * @param step the whole step
 * @param engine forward and backward
 * @param update the update alone
 */
record StepTimes(double step, double engine, double update) {
  /**
   * Lets a competitor take a turn of some steps. Of two or more the first is not counted: it finds
   * the data of the others in the cache.
   */
  static StepTimes of(Competitor competitor, int steps) {
    List<StepTimes> counted = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      StepTimes step = oneStep(competitor);
      if (i > 0 || steps == 1) {
        counted.add(step);
      }
    }
    return new StepTimes(
        Median.of(counted, StepTimes::step),
        Median.of(counted, StepTimes::engine),
        Median.of(counted, StepTimes::update));
  }

  /** Returns what is neither forward nor backward. */
  double rest() {
    return step - engine;
  }

  private static StepTimes oneStep(Competitor competitor) {
    long engine = competitor.engineNanos();
    long update = competitor.updateNanos();
    long begin = System.nanoTime();
    competitor.step();
    long nanos = System.nanoTime() - begin;
    return new StepTimes(
        nanos, competitor.engineNanos() - engine, competitor.updateNanos() - update);
  }
}
