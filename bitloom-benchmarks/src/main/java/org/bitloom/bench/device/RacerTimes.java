package org.bitloom.bench.device;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.measure.Median;

/** What the turns of a racer took, each with the turn that the baseline took just before it. */
final class RacerTimes {
  private static final double MILLI = 1e-6;
  private static final int PERCENT = 100;

  private final List<Turn> turns = new ArrayList<>();

  /** Nanoseconds of a step, of the baseline's, and of an update alone. */
  private record Turn(double step, double baseline, double update) {}

  void add(double step, double baseline, double update) {
    turns.add(new Turn(step, baseline, update));
  }

  /** Forgets all turns. */
  void clear() {
    turns.clear();
  }

  /** Returns the median step in milliseconds. */
  double step() {
    return MILLI * Median.of(turns, Turn::step);
  }

  /** Returns the median of step / step of the baseline. */
  double ratio() {
    return Median.of(turns, turn -> turn.step() / turn.baseline());
  }

  /** Returns the median update in milliseconds. */
  double update() {
    return MILLI * Median.of(turns, Turn::update);
  }

  /** Returns the row of the table, without its first two columns. */
  List<String> columns() {
    return List.of(
        Rows.text("%.3f ms", step()),
        Rows.text(
            "ratio %.3f; update alone %.3f ms, %.0f %% of the step; %d turns",
            ratio(), update(), PERCENT * update() / step(), turns.size()));
  }
}
