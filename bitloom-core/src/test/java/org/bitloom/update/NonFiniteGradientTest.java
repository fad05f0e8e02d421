package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.KernelChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gradient that cannot be used stops the step before it has changed anything. */
class NonFiniteGradientTest {
  private static final float[] NOT_FINITE = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  /** Finite, but their squares are not. */
  private static final float[] TOO_LARGE = {1e22f, -1e22f, Float.MAX_VALUE, -Float.MAX_VALUE};

  /** One parameter, small or shared among threads. */
  record Case(TrainedParameter parameter, int threads) {
    @Override
    public String toString() {
      return parameter.getClass().getSimpleName() + " of " + parameter.size() + ", " + threads;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int size : new int[] {1, 65, 1025, 40_000}) {
      int threads = size < 40_000 ? 1 : 3;
      for (var training : Subject.trainings(BitMask.top(3).at(6), 0.1)) {
        cases.add(new Case(Subject.create(size, training, Seeds.CURRENT), threads));
      }
      for (Method method : List.of(Method.adam(), Method.sgd())) {
        cases.add(
            new Case(new FloatParameter("bias", size, method, KernelChoice.scalar()), threads));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingChangesAndTheParameterAndStepAreNamed(Case test) {
    TrainedParameter parameter = test.parameter();
    try (Subject subject = new Subject(parameter, test.threads())) {
      subject.train(2, Seeds.random());
      StateCopy state = StateCopy.of(parameter);
      float[] weights = subject.weight.array().clone();
      int size = parameter.size();
      for (int position : new int[] {0, size / 2, size - 1}) {
        for (float value : NOT_FINITE) {
          float kept = subject.gradient.get(position);
          subject.gradient.put(position, value);
          assertThatThrownBy(() -> subject.step(0.1))
              .isInstanceOf(NonFiniteGradientException.class)
              .hasMessage(
                  "gradients must be finite, found NaN or infinity in %s at step 3",
                  parameter.name());
          subject.gradient.put(position, kept);
          assertThat(parameter.steps()).isEqualTo(2);
          assertThat(StateCopy.of(parameter)).as("%s at %d", value, position).isEqualTo(state);
          assertThat(subject.weight.array()).as("%s at %d", value, position).isEqualTo(weights);
        }
      }
      subject.step(0.1);
      assertThat(parameter.steps()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGradientWhoseSquareIsInfiniteStopsTheStepToo(Case test) {
    TrainedParameter parameter = test.parameter();
    try (Subject subject = new Subject(parameter, test.threads())) {
      subject.train(2, Seeds.random());
      StateCopy state = StateCopy.of(parameter);
      float[] weights = subject.weight.array().clone();
      for (float value : TOO_LARGE) {
        int position = parameter.size() / 2;
        float kept = subject.gradient.get(position);
        subject.gradient.put(position, value);
        assertThatThrownBy(() -> subject.step(0.1))
            .isInstanceOf(NonFiniteGradientException.class)
            .hasMessageStartingWith("gradients must be at most ")
            .hasMessageEndingWith(
                String.format(Locale.ROOT, "found %.1e in %s at step 3", value, parameter.name()));
        subject.gradient.put(position, kept);
        assertThat(StateCopy.of(parameter)).as("%s", value).isEqualTo(state);
        assertThat(subject.weight.array()).as("%s", value).isEqualTo(weights);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 8, 16, 24, 32})
  void theLargestGradientsThatAreUsedLeaveFiniteMoments(int depth) {
    for (BitMask mask : List.of(BitMask.all(), BitMask.sign(), BitMask.parse("top1"))) {
      for (var training : Subject.trainings(mask.at(depth), 0.1)) {
        assertLargestIsUsed(training.drawn("dense", 65, Seeds.CURRENT));
      }
    }
    for (Method method : List.of(Method.adam(), Method.sgd())) {
      assertLargestIsUsed(new FloatParameter("bias", 65, method, KernelChoice.scalar()));
    }
  }

  private static void assertLargestIsUsed(TrainedParameter parameter) {
    try (Subject subject = new Subject(parameter, 1)) {
      float largest = largest(subject);
      for (int step = 0; step < 50; step++) {
        for (int i = 0; i < parameter.size(); i++) {
          subject.gradient.put(i, i % 2 == 0 ? largest : -largest);
        }
        subject.step(1e-3);
      }
      parameter.visit(
          (name, live) -> {
            if (live instanceof float[] values) {
              for (float value : values) {
                assertThat(value).as(name).isFinite();
              }
            }
          });
    }
  }

  /** Returns what a refusal names as the largest gradient, a little less. */
  private static float largest(Subject subject) {
    subject.gradient.put(0, Float.MAX_VALUE);
    try {
      subject.step(0);
    } catch (NonFiniteGradientException e) {
      String most = e.getMessage().replaceFirst(".* at most (\\S+) .*", "$1");
      return 0.9f * Float.parseFloat(most);
    }
    throw new AssertionError("gradients must have a limit");
  }
}
