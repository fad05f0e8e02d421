package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.KernelChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a step cannot work with is refused before anything has changed. */
class StepContractTest {
  private static final int SIZE = 3000;

  static List<TrainedParameter> parameters() {
    List<TrainedParameter> parameters = new ArrayList<>();
    for (var training : Subject.trainings(BitMask.top(3).at(6), 0.1)) {
      parameters.add(Subject.create(SIZE, training, Seeds.CURRENT));
    }
    for (Method method : List.of(Method.adam(), Method.sgd())) {
      parameters.add(new FloatParameter("dense", SIZE, method, KernelChoice.scalar()));
    }
    return parameters;
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void buffersOfOtherSizesAreRefused(TrainedParameter parameter) {
    try (Subject subject = new Subject(parameter, 1)) {
      subject.train(2, Seeds.random());
      FloatBuffer few = FloatBuffer.allocate(SIZE - 1);
      FloatBuffer many = FloatBuffer.allocate(SIZE + 1);
      for (FloatBuffer wrong : List.of(few, many, many.duplicate().limit(1))) {
        assertRefused(
            subject,
            () -> parameter.step(wrong, subject.weight, 0.1, subject.team),
            "gradient of dense must hold 3000 values, got " + wrong.limit());
        assertRefused(
            subject,
            () -> parameter.step(subject.gradient, wrong, 0.1, subject.team),
            "weight of dense must hold 3000 values, got " + wrong.limit());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void weightsThatCannotBeWrittenAreRefused(TrainedParameter parameter) {
    try (Subject subject = new Subject(parameter, 1)) {
      subject.train(2, Seeds.random());
      FloatBuffer closed = subject.weight.asReadOnlyBuffer();
      assertRefused(
          subject,
          () -> parameter.step(subject.gradient, closed, 0.1, subject.team),
          "weight of dense must be writable, got a read-only buffer");
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void ratesThatAreNotPositiveNumbersAreRefused(TrainedParameter parameter) {
    try (Subject subject = new Subject(parameter, 1)) {
      subject.train(2, Seeds.random());
      for (double rate : new double[] {Double.NaN, -1e-9, Double.POSITIVE_INFINITY, 1e39}) {
        assertRefused(
            subject, () -> subject.step(rate), "rate must be 0 or more and finite, got " + rate);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void aRateOfZeroOnlyGathersMoments(TrainedParameter parameter) {
    try (Subject subject = new Subject(parameter, 1)) {
      subject.train(2, Seeds.random());
      StateCopy state = StateCopy.of(parameter);
      float[] weights = subject.weight.array().clone();
      subject.step(0);
      assertThat(subject.weight.array()).isEqualTo(weights);
      assertThat(StateCopy.of(parameter)).isNotEqualTo(state);
      assertThat(parameter.steps()).isEqualTo(3);
    }
  }

  private static void assertRefused(Subject subject, Runnable step, String message) {
    StateCopy state = StateCopy.of(subject.parameter);
    float[] weights = subject.weight.array().clone();
    assertThatThrownBy(step::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    assertThat(StateCopy.of(subject.parameter)).isEqualTo(state);
    assertThat(subject.weight.array()).isEqualTo(weights);
  }
}
