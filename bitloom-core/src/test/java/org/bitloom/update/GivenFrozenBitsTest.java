package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trains parameters whose frozen bits are given instead of drawn. */
class GivenFrozenBitsTest {
  private static final int SIZE = 130;

  static IntStream depths() {
    return IntStream.rangeClosed(2, BitLayout.MAX_DEPTH);
  }

  private static List<BitLayout> layouts(int depth) {
    int every = -1 >>> (32 - depth);
    List<BitLayout> layouts = new ArrayList<>();
    layouts.add(BitMask.sign().at(depth));
    layouts.add(BitMask.top(Math.min(3, depth)).at(depth));
    layouts.add(new BitLayout(depth, 1));
    layouts.add(new BitLayout(depth, 0x5555_5555 & every));
    layouts.add(new BitLayout(depth, 0x2aaa_aaaa & every));
    return layouts;
  }

  /** Fills that set every bit of a code, those outside the depth and trained ones too. */
  private static Map<String, int[]> fills() {
    Map<String, int[]> fills = new LinkedHashMap<>();
    fills.put("zeros", new int[SIZE]);
    fills.put("ones", IntStream.generate(() -> -1).limit(SIZE).toArray());
    fills.put("random", Seeds.random("fill").ints(SIZE).toArray());
    return fills;
  }

  private static FrozenBits of(int[] fill) {
    return (name, layout, codes) -> System.arraycopy(fill, 0, codes, 0, SIZE);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void frozenBitsAreThoseGivenFromFirstToLastStep(int depth) {
    for (BitLayout layout : layouts(depth)) {
      fills()
          .forEach(
              (what, fill) -> {
                for (BitTraining drawn : Subject.trainings(layout, 0.05)) {
                  try (Subject subject = Subject.bitwise(SIZE, drawn.with(of(fill)))) {
                    assertFrozen(layout, fill, subject.codes(), what);
                    subject.train(5, Seeds.random());
                    assertFrozen(layout, fill, subject.codes(), what);
                  }
                }
              });
    }
  }

  private static void assertFrozen(BitLayout layout, int[] fill, int[] codes, String what) {
    int every = -1 >>> (32 - layout.depth());
    for (int i = 0; i < SIZE; i++) {
      assertThat(codes[i] & ~layout.trained())
          .as("%s, mask %s, weight %d", what, layout.mask(), i)
          .isEqualTo(fill[i] & ~layout.trained() & every);
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void trainedBitsStartAsWithoutTheSource(int depth) {
    for (BitLayout layout : layouts(depth)) {
      for (BitTraining drawn : Subject.trainings(layout, 0)) {
        BitwiseParameter plain = Subject.create(SIZE, drawn, 1);
        StateCopy expected = StateCopy.of(plain);
        for (int[] fill : fills().values()) {
          BitwiseParameter given = Subject.create(SIZE, drawn.with(of(fill)), 1);
          StateCopy found = StateCopy.of(given);
          assertThat(found.differences(expected))
              .as("mask %s", layout.mask())
              .allMatch(name -> name.equals("scale") || name.equals("frozen"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aSourceThatChangesNothingChangesNothing(int depth) {
    for (BitLayout layout : layouts(depth)) {
      for (BitTraining drawn : Subject.trainings(layout, 0)) {
        FrozenBits idle = (name, bits, codes) -> {};
        assertThat(StateCopy.of(Subject.create(SIZE, drawn.with(idle), 1)))
            .isEqualTo(StateCopy.of(Subject.create(SIZE, drawn, 1)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void theScaleGivesTheFilledWeightsHesDeviation(int depth) {
    for (BitLayout layout : layouts(depth)) {
      fills()
          .forEach(
              (what, fill) -> {
                BitTraining drawn = Subject.trainings(layout, 0).get(0);
                try (Subject subject = Subject.bitwise(SIZE, drawn.with(of(fill)))) {
                  BitwiseParameter parameter = (BitwiseParameter) subject.parameter;
                  double spread = spread(subject.codes(), depth);
                  assertThat((double) parameter.scale())
                      .as("%s, mask %s, seed %d", what, layout.mask(), Seeds.CURRENT)
                      .isFinite()
                      .isPositive()
                      .isCloseTo(
                          Math.sqrt(2.0 / Subject.FAN_IN) / spread,
                          within(
                              Math.sqrt(2.0 / Subject.FAN_IN) / spread * Tolerances.FLOAT_CHAIN));
                }
              });
    }
  }

  /** Returns the deviation; the root mean square of equal weights; 1 if all are zeros. */
  private static double spread(int[] codes, int depth) {
    double mean = 0;
    double meanSquare = 0;
    for (int code : codes) {
      double value = SignMagnitude.value(code, depth);
      mean += value / codes.length;
      meanSquare += value * value / codes.length;
    }
    double variance = 0;
    for (int code : codes) {
      double distance = SignMagnitude.value(code, depth) - mean;
      variance += distance * distance / codes.length;
    }
    if (IntStream.of(codes).map(code -> SignMagnitude.value(code, depth)).distinct().count() == 1) {
      return meanSquare > 0 ? Math.sqrt(meanSquare) : 1;
    }
    return Math.sqrt(variance);
  }

  @Test
  void weightsToStartFromAreChosenAroundThem() {
    SplittableRandom random = Seeds.random("weights");
    float[] weights = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      weights[i] = (float) (random.nextDouble() - 0.5);
    }
    BitLayout layout = BitMask.top(4).at(12);
    int[] fill = fills().get("random");
    for (BitTraining drawn : Subject.trainings(layout, 0)) {
      BitwiseParameter given = fromWeights(weights, drawn.with(of(fill)));
      try (Subject subject = new Subject(given, 1)) {
        assertFrozen(layout, fill, subject.codes(), "random");
        for (int i = 0; i < SIZE; i++) {
          float halfStep = 0.51f * given.scale() * (1 << 8);
          assertThat(subject.weight.get(i)).isCloseTo(weights[i], within(1.5f * halfStep));
        }
        subject.train(3, Seeds.random());
        assertFrozen(layout, fill, subject.codes(), "random");
      }
    }
  }

  private static BitwiseParameter fromWeights(float[] weights, BitTraining training) {
    return training.from("dense", weights);
  }

  @Test
  void theSourceSeesTheDrawnBitsAndIsNotAskedWhereNothingIsFrozen() {
    BitTraining drawn = Subject.trainings(BitMask.top(2).at(5), 0).get(0);
    int[] seen = new int[SIZE];
    FrozenBits source =
        (name, layout, codes) -> {
          assertThat(name).isEqualTo("dense");
          assertThat(layout).isEqualTo(drawn.layout());
          System.arraycopy(codes, 0, seen, 0, SIZE);
        };
    Subject.create(SIZE, drawn.with(source), 1);
    try (Subject plain = new Subject(Subject.create(SIZE, drawn, 1), 1)) {
      assertThat(seen).isEqualTo(plain.codes());
    }
    FrozenBits never =
        (name, layout, codes) -> {
          throw new AssertionError("asked for " + name);
        };
    for (BitTraining all : Subject.trainings(BitMask.all().at(5), 0)) {
      Subject.create(SIZE, all.with(never), 1);
    }
  }

  @Test
  void trainingRestoresOverOtherFrozenBits() {
    BitTraining drawn = Subject.trainings(BitMask.top(3).at(32), 0.01).get(0);
    BitTraining given = drawn.with(of(fills().get("random")));
    try (Subject kept = Subject.bitwise(SIZE, given);
        Subject other = Subject.bitwise(SIZE, drawn)) {
      kept.train(4, Seeds.random("first"));
      StateCopy.of(kept.parameter).restoreInto(other.parameter);
      ((BitwiseParameter) other.parameter).weights(other.weight, other.team);
      kept.train(4, Seeds.random("rest"));
      other.train(4, Seeds.random("rest"));
      assertThat(StateCopy.of(other.parameter)).isEqualTo(StateCopy.of(kept.parameter));
      assertThat(other.codes()).isEqualTo(kept.codes());
    }
  }
}
