package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.NaiveAdam;
import org.bitloom.testkit.NaiveSgd;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.bitloom.update.kernel.KernelChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatParameterTest {
  private static final int STEPS = 60;
  private static final double RATE = 1e-2;

  /** Moves a reference by one gradient and returns where it stands. */
  private interface Reference {
    double[] step(double[] gradient);
  }

  private static Subject subject(int size, Method method) {
    var parameter = new FloatParameter("bias", size, method, KernelChoice.scalar());
    Subject subject = new Subject(parameter, 1);
    SplittableRandom random = Seeds.random("start");
    for (int i = 0; i < size; i++) {
      subject.weight.put(i, (float) (random.nextDouble() - 0.5));
    }
    return subject;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1025})
  void adamMovesAsTheReferenceDoes(int size) {
    try (Subject subject = subject(size, Method.adam())) {
      NaiveAdam reference = new NaiveAdam(doubles(subject.weight.array()));
      compare(
          subject,
          gradient -> {
            reference.step(gradient, RATE);
            return reference.values();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1025})
  void sgdMovesAsTheReferenceDoes(int size) {
    try (Subject subject = subject(size, Method.sgd())) {
      NaiveSgd reference = new NaiveSgd(doubles(subject.weight.array()), 0.9);
      compare(
          subject,
          gradient -> {
            reference.step(gradient, RATE);
            return reference.values();
          });
    }
  }

  /** The algorithm that PyTorch documents for torch.optim.SGD, in double precision. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sgdWithWeightDecayMovesAsPyTorchDefinesIt(boolean nesterov) {
    try (Subject subject = subject(1025, new Method.Sgd(0.8f, nesterov, 0.05))) {
      double[] x = doubles(subject.weight.array());
      double[] buffer = new double[x.length];
      compare(
          subject,
          gradient -> {
            for (int i = 0; i < x.length; i++) {
              double g = gradient[i] + 0.05 * x[i];
              buffer[i] = 0.8f * buffer[i] + g;
              x[i] -= RATE * (nesterov ? g + 0.8f * buffer[i] : buffer[i]);
            }
            return x.clone();
          });
    }
  }

  /** The algorithm that PyTorch documents for torch.optim.AdamW, with the eps of Keras. */
  @Test
  void adamWithWeightDecayMovesAsPyTorchDefinesIt() {
    try (Subject subject = subject(1025, Method.adam().withWeightDecay(0.05))) {
      double[] x = doubles(subject.weight.array());
      NaiveAdam undecayed = new NaiveAdam(x.clone());
      double[] before = x.clone();
      compare(
          subject,
          gradient -> {
            undecayed.step(gradient, RATE);
            double[] now = undecayed.values();
            for (int i = 0; i < x.length; i++) {
              x[i] = x[i] * (1 - RATE * 0.05) + (now[i] - before[i]);
              before[i] = now[i];
            }
            return x.clone();
          },
          3); // the share that is kept, the product, the move
    }
  }

  @Test
  void weightDecayLeavesBitsAlone() {
    BitLayout layout = BitMask.top(3).at(6);
    for (Method method : new Method[] {Method.adam(), Method.sgd()}) {
      var plain = new BitTraining(layout, UpdateRule.COUPLED, method, 0);
      var decayed = new BitTraining(layout, UpdateRule.COUPLED, method.withWeightDecay(0.5), 0);
      try (Subject one = Subject.bitwise(1025, plain);
          Subject other = Subject.bitwise(1025, decayed)) {
        one.train(5, Seeds.random("steps"));
        other.train(5, Seeds.random("steps"));
        assertThat(other.weight).isEqualTo(one.weight);
        assertThat(StateCopy.of(other.parameter)).isEqualTo(StateCopy.of(one.parameter));
      }
    }
  }

  private static void compare(Subject subject, Reference reference) {
    compare(subject, reference, 1);
  }

  /**
   * Compares every weight after every step.
   *
   * @param roundings of a weight in one step
   */
  private static void compare(Subject subject, Reference reference, int roundings) {
    SplittableRandom random = Seeds.random("gradients");
    int size = subject.parameter.size();
    double[] moved = new double[size];
    double[] largest = new double[size];
    double[] before = doubles(subject.weight.array());
    for (int step = 1; step <= STEPS; step++) {
      subject.draw(random, 0.1);
      double[] expected = reference.step(doubles(subject.gradient.array()));
      subject.step(RATE);
      for (int i = 0; i < size; i++) {
        moved[i] += Math.abs(expected[i] - before[i]);
        largest[i] = Math.max(largest[i], Math.abs(expected[i]));
        assertThat((double) subject.weight.get(i))
            .as("weight %d, step %d, seed %d", i, step, Seeds.CURRENT)
            .isCloseTo(
                expected[i],
                within(Tolerances.floatLatent(roundings * step, largest[i], moved[i])));
      }
      before = expected;
    }
  }

  @Test
  void restoredTrainingGoesOnToTheSameBits() {
    for (Method method : new Method[] {Method.adam(), Method.sgd()}) {
      try (Subject kept = subject(1025, method);
          Subject other = subject(1025, method)) {
        kept.train(4, Seeds.random("first"));
        StateCopy.of(kept.parameter).restoreInto(other.parameter);
        other.weight.put(0, kept.weight, 0, 1025);
        kept.train(4, Seeds.random("rest"));
        other.train(4, Seeds.random("rest"));
        assertThat(other.weight).isEqualTo(kept.weight);
        assertThat(StateCopy.of(other.parameter)).isEqualTo(StateCopy.of(kept.parameter));
      }
    }
  }

  @Test
  void momentsOfASilentWeightDieOutWithoutBecomingDenormal() {
    for (Method method : new Method[] {Method.adam(), Method.sgd()}) {
      try (Subject subject = subject(64, method)) {
        subject.train(1, Seeds.random());
        for (int i = 0; i < 64; i++) {
          subject.gradient.put(i, 0);
        }
        for (int step = 0; step < 3000; step++) {
          subject.step(1e-3);
        }
        for (float m : StateCopy.of(subject.parameter).floats("float.m")) {
          assertThat(Math.abs(m)).matches(size -> size == 0 || size >= Float.MIN_NORMAL);
          assertThat(Math.abs(m)).isLessThan(1e-26f);
        }
      }
    }
  }
}
