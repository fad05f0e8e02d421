package org.bitloom.update;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.ThreadTeam;

/** A parameter under test with its weights and gradient, trained on seeded random gradients. */
final class Subject implements AutoCloseable {
  static final int FAN_IN = 37;

  final TrainedParameter parameter;
  final FloatBuffer weight;
  final FloatBuffer gradient;
  final ThreadTeam team;

  Subject(TrainedParameter parameter, int threads) {
    this.parameter = parameter;
    this.weight = FloatBuffer.allocate(parameter.size());
    this.gradient = FloatBuffer.allocate(parameter.size());
    this.team = new ThreadTeam(threads);
    if (parameter instanceof BitwiseParameter bits) {
      bits.weights(weight, this.team);
    }
  }

  static Subject bitwise(int size, BitTraining training) {
    return new Subject(create(size, training, Seeds.CURRENT), 1);
  }

  static BitwiseParameter create(int size, BitTraining training, long seed) {
    return training.drawn("dense", size, seed);
  }

  /** Returns every rule and method for a layout. */
  static List<BitTraining> trainings(BitLayout layout, double drift) {
    List<BitTraining> trainings = new ArrayList<>();
    for (UpdateRule rule : UpdateRule.values()) {
      for (Method method : List.of(Method.adam(), Method.sgd())) {
        trainings.add(new BitTraining(layout, rule, method, drift));
      }
    }
    return trainings;
  }

  /** Fills the gradient with {@code offset - 0.5 .. offset + 0.5}. */
  void draw(SplittableRandom random, double offset) {
    for (int i = 0; i < parameter.size(); i++) {
      gradient.put(i, (float) (random.nextDouble() - 0.5 + offset));
    }
  }

  void step(double rate) {
    parameter.step(gradient, weight, rate, team);
  }

  /** Takes {@code steps} steps on random gradients. */
  void train(int steps, SplittableRandom random) {
    for (int step = 0; step < steps; step++) {
      draw(random, 0.1);
      step(3e-2);
    }
  }

  int[] codes() {
    int[] codes = new int[parameter.size()];
    ((BitwiseParameter) parameter).codes(codes, team);
    return codes;
  }

  @Override
  public void close() {
    team.close();
  }
}
