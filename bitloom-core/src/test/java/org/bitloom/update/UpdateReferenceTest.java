package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.testkit.NaiveBitwiseTrainer;
import org.bitloom.testkit.NaiveBitwiseWeight;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.Staircase;
import org.bitloom.update.kernel.ThreadTeam;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the update rules with a double-precision trainer that keeps moments for every bit. */
class UpdateReferenceTest {
  private static final int WEIGHTS = 331;
  private static final int FAN_IN = Subject.FAN_IN;
  private static final int STEPS = 20;
  private static final double RATE = 3e-2;
  private static final double SGD_RATE = 5;

  /** Bits closer to their threshold than this, in latents, may fall either way in float. */
  private static final double NEAR = 2e-5;

  /** One combination under test. */
  record Case(BitLayout layout, UpdateRule rule, String method, double drift, boolean drawn) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (BitLayout layout : layouts()) {
      for (UpdateRule rule : UpdateRule.values()) {
        for (String method : List.of("adam", "sgd")) {
          for (double drift : new double[] {0, 0.05}) {
            cases.add(new Case(layout, rule, method, drift, true));
          }
          cases.add(new Case(layout, rule, method, 0.05, false));
        }
      }
    }
    return cases;
  }

  static List<BitLayout> layouts() {
    List<BitLayout> layouts = new ArrayList<>();
    SplittableRandom random = Seeds.random("masks");
    for (int depth : new int[] {1, 2, 3, 8, 16, 24, 32}) {
      layouts.add(BitMask.all().at(depth));
      layouts.add(BitMask.sign().at(depth));
      if (depth > 1) {
        int anywhere = random.nextInt() & -1 >>> (32 - depth);
        layouts.add(new BitLayout(depth, anywhere == 0 ? 1 : anywhere));
        layouts.add(new BitLayout(depth, 1));
      }
      if (depth >= 8) {
        layouts.add(BitMask.top(3).at(depth));
      }
    }
    return layouts;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyRuleMovesEveryBitAsTheReferenceDoes(Case test) {
    Method method = test.method().equals("adam") ? Method.adam() : Method.sgd();
    double rate = test.method().equals("adam") ? RATE : SGD_RATE;
    var training = new BitTraining(test.layout(), test.rule(), method, test.drift());
    BitwiseParameter parameter = parameter(test, training);
    NaiveBitwiseTrainer reference = reference(test, parameter.scale());
    FloatBuffer weight = FloatBuffer.allocate(WEIGHTS);
    FloatBuffer gradient = FloatBuffer.allocate(WEIGHTS);
    SplittableRandom random = Seeds.random("gradients");
    double[] plain = new double[WEIGHTS];
    boolean[] parted = new boolean[WEIGHTS];
    try (ThreadTeam team = new ThreadTeam(1)) {
      parameter.weights(weight, team);
      compareAll(test, reference, parameter, team, parted, 0);
      for (int step = 1; step <= STEPS; step++) {
        for (int i = 0; i < WEIGHTS; i++) {
          gradient.put(i, (float) (0.3 * random.nextDouble() - 0.1));
          plain[i] = gradient.get(i);
        }
        reference.step(plain, rate);
        parameter.step(gradient, weight, rate, team);
        compareAll(test, reference, parameter, team, parted, step);
      }
    }
    int apart = 0;
    for (boolean one : parted) {
      apart += one ? 1 : 0;
    }
    assertThat(apart).as("weights that met a threshold").isLessThan(WEIGHTS / 20);
  }

  private static BitwiseParameter parameter(Case test, BitTraining training) {
    return test.drawn() ? training.drawn("p", WEIGHTS, Seeds.CURRENT) : training.from("p", given());
  }

  /** Weights to start from where latents are not drawn. */
  private static float[] given() {
    SplittableRandom random = Seeds.random("weights");
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      weights[i] = (float) (random.nextDouble() - 0.5);
    }
    return weights;
  }

  private static InitialLatents first(Case test, int depth) {
    return test.drawn()
        ? new DrawnLatents(Seeds.CURRENT, "p", depth, FAN_IN)
        : new QuantizedLatents(given(), test.layout(), FAN_IN);
  }

  private static NaiveBitwiseTrainer reference(Case test, float scale) {
    int depth = test.layout().depth();
    boolean[] trained = new boolean[depth];
    for (int bit = 0; bit < depth; bit++) {
      trained[bit] = test.layout().isTrained(bit);
    }
    double[][] latents = latents(test, depth);
    NaiveBitwiseWeight weight = new NaiveBitwiseWeight(trained, latents, scale);
    boolean adam = test.method().equals("adam");
    if (test.rule() == UpdateRule.INDEPENDENT) {
      return adam
          ? NaiveBitwiseTrainer.independentAdam(weight, test.drift())
          : NaiveBitwiseTrainer.independentSgd(weight, 0.9, test.drift());
    }
    return adam
        ? NaiveBitwiseTrainer.coupledAdam(weight, UpdateRule.GUARD, test.drift())
        : NaiveBitwiseTrainer.coupledSgd(weight, 0.9, test.drift());
  }

  /** Draws the latents a second time; for {@code coupled} moves them to their levels. */
  private static double[][] latents(Case test, int depth) {
    InitialLatents first = first(test, depth);
    Staircase levels = new Staircase(test.layout(), WEIGHTS, first.magnitudeDeviation());
    double[][] latents = new double[WEIGHTS][depth];
    float[] drawn = new float[depth];
    for (int weight = 0; weight < WEIGHTS; weight++) {
      first.next(drawn);
      for (int bit = 0; bit < depth; bit++) {
        latents[weight][bit] = drawn[bit];
      }
      for (int step = 0; step < levels.steps() && test.rule() == UpdateRule.COUPLED; step++) {
        levels.set(step, weight, drawn[levels.bit(step)]);
        latents[weight][levels.bit(step)] = levels.latent(step, weight);
      }
    }
    return latents;
  }

  private static void compareAll(
      Case test,
      NaiveBitwiseTrainer reference,
      BitwiseParameter parameter,
      ThreadTeam team,
      boolean[] parted,
      int step) {
    int[] codes = new int[WEIGHTS];
    parameter.codes(codes, team);
    for (int i = 0; i < WEIGHTS; i++) {
      int difference = codes[i] ^ reference.weight().code(i);
      if (parted[i] || difference == 0) {
        continue;
      }
      for (int bit = 0; bit < test.layout().depth(); bit++) {
        if ((difference >>> bit & 1) != 0) {
          assertThat(Math.abs(reference.weight().latent(i, bit)))
              .as("%s: weight %d, bit %d, step %d, seed %d", test, i, bit, step, Seeds.CURRENT)
              .isLessThan(NEAR);
        }
      }
      parted[i] = true;
    }
  }
}
