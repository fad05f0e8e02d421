package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.QuantizedWeights;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts tensors from given weights. */
class FromWeightsTest {
  private static final int SIZE = 130;

  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  private static List<BitTraining> trainings(int depth) {
    List<BitTraining> trainings = new ArrayList<>();
    int every = -1 >>> (32 - depth);
    List<BitLayout> layouts = new ArrayList<>(List.of(BitMask.all().at(depth)));
    layouts.add(BitMask.sign().at(depth));
    layouts.add(BitMask.top(Math.min(3, depth)).at(depth));
    layouts.add(new BitLayout(depth, 0x5555_5555 & every));
    layouts.add(new BitLayout(depth, depth == 1 ? 1 : 0x2aaa_aaaa & every));
    layouts.forEach(layout -> trainings.addAll(Subject.trainings(layout, 0.02)));
    return trainings;
  }

  private static float[] weights(int size) {
    SplittableRandom random = Seeds.random("weights");
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      double tail = Math.pow(2 * random.nextDouble() - 1, 3);
      weights[i] = random.nextInt(8) == 0 ? 0 : (float) (0.2 * tail);
    }
    return weights;
  }

  private static BitwiseParameter create(float[] weights, BitTraining training) {
    return training.from("dense", weights);
  }

  private static Subject subject(float[] weights, BitTraining training) {
    return new Subject(create(weights, training), 1);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void everyRuleMethodAndMaskStartsFromTheQuantizedWeights(int depth) {
    float[] weights = weights(SIZE);
    QuantizedWeights quantized = QuantizedWeights.of(weights, depth);
    int[] expected = IntStream.range(0, SIZE).map(quantized::code).toArray();
    for (BitTraining training : trainings(depth)) {
      try (Subject subject = subject(weights, training)) {
        assertThat(subject.codes()).as("%s", training).isEqualTo(expected);
        for (int i = 0; i < SIZE; i++) {
          float weight = SignMagnitude.weight(expected[i], depth, quantized.scale());
          assertThat(Float.floatToRawIntBits(subject.weight.get(i)))
              .as("%s, weight %d", training, i)
              .isEqualTo(Float.floatToRawIntBits(weight));
        }
        assertThat(subject.parameter.steps()).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void trainingKeepsFrozenBitsOfTheQuantizedWeights(int depth) {
    for (BitTraining training : trainings(depth)) {
      try (Subject subject = subject(weights(SIZE), training)) {
        int[] before = subject.codes();
        subject.train(20, Seeds.random());
        int[] after = subject.codes();
        int moved = 0;
        for (int i = 0; i < SIZE; i++) {
          int difference = before[i] ^ after[i];
          assertThat(difference & ~training.layout().trained()).as("%s", training).isZero();
          moved += difference == 0 ? 0 : 1;
        }
        if (training.method() instanceof Method.Adam) { // the others take smaller steps
          assertThat(moved).as("weights that %s moved", training).isPositive();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void restoredTrainingGoesOnToTheSameBits(int depth) {
    for (BitTraining training : trainings(depth)) {
      try (Subject kept = subject(weights(SIZE), training);
          Subject other = new Subject(Subject.create(SIZE, training, 1), 1)) {
        kept.train(3, Seeds.random("first"));
        StateCopy.of(kept.parameter).restoreInto(other.parameter);
        ((BitwiseParameter) other.parameter).weights(other.weight, other.team);
        kept.train(3, Seeds.random("rest"));
        other.train(3, Seeds.random("rest"));
        assertThat(StateCopy.of(other.parameter)).isEqualTo(StateCopy.of(kept.parameter));
        assertThat(other.weight).isEqualTo(kept.weight);
      }
    }
  }

  @Test
  void theStateDependsOnTheWeightsAlone() {
    for (BitTraining training : trainings(6)) {
      StateCopy state = StateCopy.of(create(weights(SIZE), training));
      assertThat(StateCopy.of(create(weights(SIZE), training))).isEqualTo(state);
    }
  }

  @Test
  void zerosCanLeaveZero() {
    for (BitTraining training : Subject.trainings(BitMask.all().at(4), 0)) {
      try (Subject subject = subject(new float[2000], training)) {
        assertThat(subject.codes()).containsOnly(0);
        for (int i = 0; i < 2000; i++) {
          subject.gradient.put(i, -1); // wants larger weights
        }
        for (int step = 0; step < 50; step++) {
          subject.step(0.5);
        }
        assertThat(subject.codes()).as("%s", training).containsOnly(0b0111);
      }
    }
  }

  @Test
  void weightsAreReadAndNotKept() {
    float[] weights = weights(SIZE);
    BitTraining training = Subject.trainings(BitMask.all().at(5), 0).get(0);
    try (Subject subject = subject(weights, training)) {
      subject.train(3, Seeds.random());
      assertThat(weights).isEqualTo(weights(SIZE));
    }
  }
}
