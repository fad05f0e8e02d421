package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.KernelChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A gradient that is not finite stops the step before it has changed anything. */
class NonFiniteGradientTest {
  private static final float[] NOT_FINITE = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  /** One parameter, small or shared among workers. */
  record Case(TrainedParameter parameter, int workers) {
    @Override
    public String toString() {
      return parameter.getClass().getSimpleName() + " of " + parameter.size() + ", " + workers;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int size : new int[] {1, 65, 1025, 40_000}) {
      int workers = size < 40_000 ? 1 : 3;
      for (var training : Subject.trainings(BitMask.top(3).at(6), 0.1)) {
        cases.add(new Case(Subject.create(size, training, Seeds.CURRENT), workers));
      }
      for (Method method : List.of(Method.adam(), Method.sgd())) {
        cases.add(
            new Case(new FloatParameter("bias", size, method, KernelChoice.scalar()), workers));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingChangesAndTheParameterAndStepAreNamed(Case test) {
    TrainedParameter parameter = test.parameter();
    try (Subject subject = new Subject(parameter, test.workers())) {
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
}
