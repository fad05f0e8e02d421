package org.bitloom.bench.step;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.measure.Median;

/** The turns of one competitor, each with the turn that the baseline took just before it. */
final class StepSeries {
  private final Competitor competitor;
  private final List<StepTimes> turns = new ArrayList<>();
  private final List<StepTimes> baseline = new ArrayList<>();

  StepSeries(Competitor competitor) {
    this.competitor = competitor;
  }

  Competitor competitor() {
    return competitor;
  }

  String name() {
    return competitor.name();
  }

  /** Adds the turns of one round. */
  void add(StepTimes ofBaseline, StepTimes own) {
    baseline.add(ofBaseline);
    turns.add(own);
  }

  /** Returns the turns of the baseline, one per round. */
  List<StepTimes> baseline() {
    return baseline;
  }

  int rounds() {
    return turns.size();
  }

  /** Returns the median step in nanoseconds. */
  double step() {
    return Median.of(turns, StepTimes::step);
  }

  /** Returns the median forward and backward pass in nanoseconds. */
  double engine() {
    return Median.of(turns, StepTimes::engine);
  }

  /** Returns the median update in nanoseconds. */
  double update() {
    return Median.of(turns, StepTimes::update);
  }

  /** Returns the baseline's median forward and backward pass in nanoseconds, beside these turns. */
  double baselineEngine() {
    return Median.of(baseline, StepTimes::engine);
  }

  /** Returns the median over the rounds of own step / step of the baseline. */
  double ratio() {
    double[] ratios = new double[turns.size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = turns.get(round).step() / baseline.get(round).step();
    }
    return Median.of(ratios);
  }

  /**
   * Returns the ratio as it would be if forward and backward took both equally long: what is left
   * of both is compared within each round. Less noise, but blind to effects on the cache.
   */
  double ratioByRest() {
    double[] more = new double[turns.size()];
    for (int round = 0; round < more.length; round++) {
      more[round] = turns.get(round).rest() - baseline.get(round).rest();
    }
    return 1 + Median.of(more) / Median.of(baseline, StepTimes::step);
  }

  /** Returns the median over the rounds of own step / step of another. */
  double stepTo(StepSeries other) {
    double[] ratios = new double[Math.min(turns.size(), other.turns.size())];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = turns.get(round).step() / other.turns.get(round).step();
    }
    return Median.of(ratios);
  }

  /** Returns the median over the rounds of own update / update of another. */
  double updateTo(StepSeries other) {
    double[] ratios = new double[turns.size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = turns.get(round).update() / other.turns.get(round).update();
    }
    return Median.of(ratios);
  }
}
