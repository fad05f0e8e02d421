package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BitwiseParameterTest {
  private static final int SIZE = 130;

  /** Weights of more blocks of frozen bits than one. */
  private static final int LARGE = 1100;

  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  private static List<BitLayout> layouts(int depth) {
    List<BitLayout> layouts = new ArrayList<>();
    for (int top = 1; top <= depth; top++) {
      layouts.add(BitMask.top(top).at(depth));
    }
    layouts.add(new BitLayout(depth, 1));
    SplittableRandom random = Seeds.random("layouts");
    for (int i = 0; i < 3; i++) {
      layouts.add(new BitLayout(depth, random.nextInt() >>> (32 - depth) | 1 << (depth - 1)));
      layouts.add(new BitLayout(depth, random.nextInt() >>> (32 - depth) | 1));
    }
    return layouts;
  }

  @ParameterizedTest
  @MethodSource("depths")
  void everyRuleMethodAndMaskStartsFromTheSameBits(int depth) {
    DrawnLatents draws = new DrawnLatents(Seeds.CURRENT, "dense", depth, Subject.FAN_IN);
    float[] latents = new float[depth];
    int[] expected = IntStream.range(0, SIZE).map(i -> draws.next(latents)).toArray();
    for (BitLayout layout : layouts(depth)) {
      for (BitTraining training : Subject.trainings(layout, 0)) {
        try (Subject subject = Subject.bitwise(SIZE, training)) {
          assertThat(subject.codes()).as("%s", training).isEqualTo(expected);
          assertThat(((BitwiseParameter) subject.parameter).scale()).isEqualTo(draws.scale());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void weightsAreTheirCodesTimesScaleAfterEveryStep(int depth) {
    for (BitLayout layout : layouts(depth)) {
      for (BitTraining training : Subject.trainings(layout, 0.01)) {
        try (Subject subject = Subject.bitwise(SIZE, training)) {
          subject.train(3, Seeds.random());
          float scale = ((BitwiseParameter) subject.parameter).scale();
          int[] codes = subject.codes();
          for (int i = 0; i < SIZE; i++) {
            float expected = SignMagnitude.weight(codes[i], depth, scale);
            assertThat(Float.floatToRawIntBits(subject.weight.get(i)))
                .as("%s, weight %d", training, i)
                .isEqualTo(Float.floatToRawIntBits(expected));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void trainingLeavesFrozenBitsAsTheyWere(int depth) {
    for (BitLayout layout : layouts(depth)) {
      for (BitTraining training : Subject.trainings(layout, 0.05)) {
        try (Subject subject = Subject.bitwise(SIZE, training)) {
          int[] before = subject.codes();
          subject.train(5, Seeds.random());
          int[] after = subject.codes();
          for (int i = 0; i < SIZE; i++) {
            assertThat((before[i] ^ after[i]) & ~layout.trained()).as("%s", training).isZero();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void stateIsAsSmallAsPromised(int depth) {
    for (BitLayout layout : layouts(depth)) {
      long fields = layout.frozenBits().length * 64L * ((LARGE + 511) / 512); // blocks of 512 bits
      for (BitTraining training : Subject.trainings(layout, 0)) {
        BitwiseParameter parameter = Subject.create(LARGE, training, 1);
        long bytes = StateCopy.of(parameter).bytesOfWeights();
        assertThat(bytes).as("%s", training).isEqualTo(fields + LARGE * bytesPerWeight(training));
        int trained = layout.trainedMagnitudeBits().length;
        int promised = training.rule() == UpdateRule.COUPLED ? 28 + trained : 4 * (trained + 6);
        assertThat(bytes - fields).as("%s", training).isLessThanOrEqualTo((long) LARGE * promised);
        assertThat(ReachableArrays.bytes(parameter))
            .as("arrays that grow with the weights but are not visited, %s", training)
            .isEqualTo(bytes);
      }
    }
  }

  private static long bytesPerWeight(BitTraining training) {
    int trained = training.layout().trainedMagnitudeBits().length;
    int moments = training.method() instanceof Method.Adam ? 8 : 4;
    int sign = training.layout().signTrained() ? 4 + moments : 0;
    if (trained == 0) {
      return sign;
    }
    return training.rule() == UpdateRule.COUPLED
        ? sign + moments + 4 + 4 * ((trained + 3) / 4)
        : sign + moments + 4 * trained;
  }

  @ParameterizedTest
  @MethodSource("depths")
  void restoredTrainingGoesOnToTheSameBits(int depth) {
    for (BitLayout layout : layouts(depth)) {
      for (BitTraining training : Subject.trainings(layout, 0.01)) {
        try (Subject kept = Subject.bitwise(SIZE, training);
            Subject other = new Subject(Subject.create(SIZE, training, Seeds.CURRENT + 1), 1)) {
          kept.train(4, Seeds.random("first"));
          StateCopy.of(kept.parameter).restoreInto(other.parameter);
          ((BitwiseParameter) other.parameter).weights(other.weight, other.team);
          kept.train(4, Seeds.random("rest"));
          other.train(4, Seeds.random("rest"));
          assertThat(StateCopy.of(other.parameter)).isEqualTo(StateCopy.of(kept.parameter));
          assertThat(other.codes()).isEqualTo(kept.codes());
          assertThat(other.weight).isEqualTo(kept.weight);
          assertThat(other.parameter.steps()).isEqualTo(8);
        }
      }
    }
  }

  @Test
  void driftPullsEveryWeightToZeroAndLeavesSigns() {
    for (BitTraining training : Subject.trainings(BitMask.all().at(4), 0.1)) {
      try (Subject subject = Subject.bitwise(2000, training)) {
        int[] first = subject.codes();
        int zeros = 0;
        for (int step = 0; step < 400; step++) {
          subject.step(0.1); // gradients are 0: only drift moves
          int now = zeros(subject.codes(), 4);
          assertThat(now).as("%s, step %d", training, step).isGreaterThanOrEqualTo(zeros);
          zeros = now;
        }
        assertThat(zeros).as("%s", training).isEqualTo(2000);
        int[] last = subject.codes();
        for (int i = 0; i < last.length; i++) {
          assertThat(last[i] & 8).as("sign of weight %d", i).isEqualTo(first[i] & 8);
        }
      }
    }
  }

  @Test
  void driftRaisesTheShareOfZerosUnderNoise() {
    List<BitTraining> plain = Subject.trainings(BitMask.top(3).at(3), 0);
    List<BitTraining> pulled = Subject.trainings(BitMask.top(3).at(3), 0.2);
    for (int i = 0; i < plain.size(); i++) {
      try (Subject without = Subject.bitwise(2000, plain.get(i));
          Subject with = Subject.bitwise(2000, pulled.get(i))) {
        without.train(50, Seeds.random());
        with.train(50, Seeds.random());
        assertThat(zeros(with.codes(), 3) - zeros(without.codes(), 3))
            .as("%s, seed %d", pulled.get(i), Seeds.CURRENT)
            .isGreaterThan(200);
      }
    }
  }

  private static int zeros(int[] codes, int depth) {
    return (int)
        Arrays.stream(codes).filter(code -> SignMagnitude.magnitude(code, depth) == 0).count();
  }

  @Test
  void impossibleDriftIsRejected() {
    for (double drift : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Subject.trainings(BitMask.all().at(2), drift))
          .hasMessage("drift must be 0 or more, got " + drift);
    }
  }

  @Test
  void buffersAreReadAndWrittenFromTheirStartWhateverTheirPosition() {
    BitTraining training = Subject.trainings(BitMask.all().at(6), 0).get(0);
    try (Subject plain = Subject.bitwise(SIZE, training);
        Subject moved = Subject.bitwise(SIZE, training)) {
      plain.draw(Seeds.random(), 0);
      moved.draw(Seeds.random(), 0);
      FloatBuffer gradient = moved.gradient.duplicate().position(7);
      FloatBuffer weight = moved.weight.duplicate().position(11);
      plain.step(0.1);
      moved.parameter.step(gradient, weight, 0.1, moved.team);
      assertThat(moved.weight).isEqualTo(plain.weight);
      assertThat(gradient.position()).isEqualTo(7);
      assertThat(weight.position()).isEqualTo(11);
    }
  }
}
