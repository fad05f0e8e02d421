package org.bitloom.bench.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.bench.measure.Median;

/** Lets racers take turns, so that a slow moment of the machine meets all of them. */
final class InferRace {
  private static final int ROUNDS = 60;
  private static final int WARM_ROUNDS = 20;
  private static final long TURN_NANOS = 25_000_000;

  private final List<? extends Racer> racers;
  private final float[] image;
  private final Map<String, List<Double>> times = new LinkedHashMap<>();

  InferRace(List<? extends Racer> racers, float[] image) {
    this.racers = racers;
    this.image = image;
  }

  /** Checks that all give the same scores, then lets them race. */
  InferRace run() {
    float[] expected = racers.get(0).scores(image);
    for (Racer racer : racers) {
      checkAgrees(racer.name(), racer.scores(image), expected);
      times.put(racer.name(), new ArrayList<>());
    }
    for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
      for (Racer racer : racers) {
        double nanos = turn(racer);
        if (round >= 0) {
          times.get(racer.name()).add(nanos);
        }
      }
    }
    return this;
  }

  private static void checkAgrees(String name, float[] found, float[] expected) {
    double largest = 0;
    for (float score : expected) {
      largest = Math.max(largest, Math.abs(score));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= 1e-4 * largest)) {
        throw new IllegalStateException(
            "scores of " + name + " must be " + expected[i] + ", got " + found[i]);
      }
    }
  }

  private double turn(Racer racer) {
    long begin = System.nanoTime();
    long now = begin;
    int runs = 0;
    while (now - begin < TURN_NANOS) {
      racer.scores(image);
      runs++;
      now = System.nanoTime();
    }
    return (double) (now - begin) / runs;
  }

  /** Returns the median time of one image, in microseconds. */
  double micros(String racer) {
    return Median.of(times.get(racer), nanos -> nanos) / 1e3;
  }

  /** Returns the median over the rounds of one's time / another's. */
  double ratio(String racer, String other) {
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ratios[round] = times.get(racer).get(round) / times.get(other).get(round);
    }
    return Median.of(ratios);
  }
}
