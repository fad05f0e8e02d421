package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.FrozenBits;
import org.bitloom.error.UsageException;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ZeroDialTest {
  private static final int STEPS = 300;
  private static final List<ParameterSpec> SPECS =
      List.of(
          ParameterSpec.floats("bias", List.of(10)),
          ParameterSpec.bits("wide", List.of(20, 300), BitMask.all().at(3)),
          ParameterSpec.bits("narrow", List.of(100, 9), BitMask.all().at(3)));

  private final ThreadTeam team = new ThreadTeam(1);

  @AfterEach
  void closeWorkers() {
    team.close();
  }

  static Stream<Training> trainings() {
    return Stream.of(UpdateRule.values())
        .flatMap(
            rule ->
                Stream.of(Method.adam(), Method.sgd())
                    .flatMap(
                        method -> Stream.of(0.2, 0.9).map(share -> training(rule, method, share))));
  }

  private static Training training(UpdateRule rule, Method method, double share) {
    ZeroTarget zeros = new ZeroTarget(share, STEPS);
    return new Training(rule, method, 0, FrozenBits.DRAWN, Optional.of(zeros));
  }

  private CpuState state(Training training) {
    return new CpuState(
        SPECS,
        training,
        spec -> new DrawnLatents(1, spec.name(), spec.layout().get().depth(), spec.fanIn()),
        KernelChoice.scalar(),
        team);
  }

  /** Trains on gradients that push weights about, at a rate that falls to nothing. */
  private static void train(
      CpuState state, List<FloatBuffer> weights, int from, int to, double top) {
    for (int step = from; step < to; step++) {
      SplittableRandom random = Seeds.random("step " + step);
      List<FloatBuffer> gradients = new ArrayList<>();
      for (ParameterSpec spec : SPECS) {
        FloatBuffer gradient = FloatBuffer.allocate(spec.size());
        for (int i = 0; i < spec.size(); i++) {
          gradient.put(i, (float) (random.nextDouble() - 0.5 - 0.2 * Math.signum(i % 3 - 1.5)));
        }
        gradients.add(gradient);
      }
      double rate = top * (1 - (double) step / STEPS);
      state.step(gradients, weights, new double[] {rate, rate, rate});
    }
  }

  private static double zeroShare(CpuState state) {
    double zeros = 0;
    double all = 0;
    for (String name : List.of("wide", "narrow")) {
      for (int code : state.codes(name)) {
        zeros += (code & 0b11) == 0 ? 1 : 0;
        all++;
      }
    }
    return zeros / all;
  }

  private static List<FloatBuffer> weights(CpuState state) {
    List<FloatBuffer> weights = new ArrayList<>();
    SPECS.forEach(spec -> weights.add(FloatBuffer.allocate(spec.size())));
    state.compose(weights);
    return weights;
  }

  private static double rate(Training training) {
    return training.method() instanceof Method.Adam ? 3e-3 : 0.1;
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void everyRuleAndMethodEndsAtTheWantedShare(Training training) {
    CpuState state = state(training);
    train(state, weights(state), 0, STEPS, rate(training));
    assertThat(zeroShare(state)).isCloseTo(training.zeros().get().share(), within(0.01));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void aRestoredStateIsSteeredOnToTheSameBits(Training training) {
    CpuState kept = state(training);
    List<FloatBuffer> weights = weights(kept);
    train(kept, weights, 0, 77, rate(training));
    CpuState restored = state(training);
    List<StateArray> saved = kept.arrays();
    List<StateArray> empty = restored.arrays();
    for (int i = 0; i < saved.size(); i++) {
      empty.get(i).restore(saved.get(i).values());
    }
    List<FloatBuffer> others = weights(restored);
    others.set(0, FloatBuffer.wrap(weights.get(0).array().clone()));
    train(kept, weights, 77, 150, rate(training));
    train(restored, others, 77, 150, rate(training));
    assertThat(others).isEqualTo(weights);
    assertThat(restored.steeredDrift()).isEqualTo(kept.steeredDrift());
  }

  /** Margins that grow back by {@code regrowth} in every step of rate 1 while the dial pulls. */
  private static double settled(double share, double regrowth, LongToDoubleFunction rate) {
    int steps = 2000;
    ZeroDial dial = new ZeroDial(new ZeroTarget(share, steps));
    float[] margins = new float[5000];
    SplittableRandom random = Seeds.random("margins");
    for (int i = 0; i < margins.length; i++) {
      margins[i] = (float) random.nextDouble();
    }
    for (int step = 0; step < steps; step++) {
      double now = rate.applyAsDouble(step);
      if (dial.isDue(step)) {
        dial.look(margins, step, now);
      }
      for (int i = 0; i < margins.length; i++) {
        margins[i] += (float) (now * (regrowth - dial.drift()));
      }
    }
    int zeros = 0;
    for (float margin : margins) {
      zeros += margin <= 0 ? 1 : 0;
    }
    return (double) zeros / margins.length;
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0", "0.5, 0.3", "0.9, 2", "0.99, -0.2"})
  void aSteadyPushBackIsLearnedAndTheShareHeld(double share, double regrowth) {
    assertThat(settled(share, regrowth, step -> 1e-3)).isCloseTo(share, within(0.01));
    assertThat(settled(share, regrowth, step -> step < 1200 ? 1e-3 : 1e-4))
        .as("a rate in phases")
        .isCloseTo(share, within(0.01));
    assertThat(settled(share, regrowth, step -> 1e-3 * (1 - step / 2000.0)))
        .as("a rate that falls to 0")
        .isCloseTo(share, within(0.01));
  }

  @Test
  void nothingIsPushedAwayFromZeroOnTheWayUp() {
    ZeroDial dial = new ZeroDial(new ZeroTarget(0.8, 1000));
    float[] margins = {-3, -2, -1, 1, 2, 3, 4, 5, 6, 7};
    for (int step = 0; step < 400; step += 2) {
      dial.look(margins, step, 1e-3);
      assertThat(dial.drift()).isNotNegative();
    }
  }

  @Test
  void aShareBelowWhatTrainingMakesByItselfIsReachedByAPushUpwards() {
    ZeroDial dial = new ZeroDial(new ZeroTarget(0.1, 1000));
    dial.look(new float[] {-4, -3, -2, -1, 1, 2, 3, 4, 5, 6}, 600, 1e-3);
    assertThat(dial.drift()).isNegative();
  }

  @Test
  void weightsThatCannotBeZeroAreNotPulledFor() {
    ZeroDial dial = new ZeroDial(new ZeroTarget(0.9, 1000));
    float never = Float.POSITIVE_INFINITY;
    dial.look(new float[] {-1, 1, never, never, never, never}, 600, 1e-3);
    assertThat(dial.drift()).isFinite();
    dial.look(new float[] {never}, 602, 1e-3);
    assertThat(dial.drift()).isFinite();
  }

  @Test
  void withoutARateThereIsNoDrift() {
    ZeroDial dial = new ZeroDial(new ZeroTarget(0.9, 1000));
    dial.look(new float[] {1, 2}, 600, 0);
    assertThat(dial.drift()).isZero();
  }

  @Test
  void frozenBitsThatKeepTooManyWeightsFromZeroAreNamed() {
    ParameterSpec half = ParameterSpec.bits("half", List.of(100, 100), BitMask.parse("110").at(3));
    CpuState state =
        new CpuState(
            List.of(half),
            training(UpdateRule.COUPLED, Method.adam(), 0.9),
            spec -> new DrawnLatents(1, spec.name(), 3, spec.fanIn()),
            KernelChoice.scalar(),
            team);
    assertThatThrownBy(state::requireReach)
        .isInstanceOf(UsageException.class)
        .hasMessageMatching(
            "share of zeros must be at most 0\\.[34]\\d+, as no more weights can be zero beside"
                + " their frozen bits, got 0.9");
  }

  @Test
  void theSampleOfAManyWeightsHasEveryStretchOnceAndThatOfAFewIsAll() {
    WeightSample few = WeightSample.of(SPECS);
    assertThat(few.count()).isEqualTo(6900);
    List<ParameterSpec> specs =
        List.of(
            ParameterSpec.bits("a", List.of(1000, 100), BitMask.all().at(3)),
            ParameterSpec.floats("b", List.of(1000)),
            ParameterSpec.bits("c", List.of(3000, 100), BitMask.all().at(3)));
    WeightSample sample = WeightSample.of(specs);
    assertThat(sample.count()).isEqualTo(1 << 16);
    long inFirst = Arrays.stream(sample.parameter()).filter(p -> p == 0).count();
    assertThat(inFirst).isBetween((1L << 14) - 1, (1L << 14) + 1);
    for (int i = 1; i < sample.count(); i++) {
      if (sample.parameter()[i] == sample.parameter()[i - 1]) {
        assertThat(sample.weight()[i]).isGreaterThan(sample.weight()[i - 1]);
      }
    }
  }
}
