package org.bitloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaiveBitwiseTrainerTest {
  private static final double GUARD = 1e-20;

  @Test
  void theFirstAdamStepMovesEveryTrainedLatentByTheRate() {
    NaiveBitwiseWeight weight = weight(new double[][] {{0.2, -0.2, 0.3}}, 1, true, true, true);
    NaiveBitwiseTrainer.independentAdam(weight, 0).step(new double[] {4}, 0.01);
    // s = -1, mag = 1: magnitude gradients -4 and -8, sign gradient -4: all latents rise.
    assertLatents(weight, 0, 1e-8, 0.21, -0.19, 0.31);
  }

  @Test
  void frozenBitsStayButCount() {
    NaiveBitwiseWeight weight = weight(new double[][] {{0.2, -0.2, 0.3}}, 1, false, true, false);
    NaiveBitwiseTrainer.independentSgd(weight, 0, 0.5).step(new double[] {4}, 0.01);
    // Only bit 1 moves: gradient -1*2*4 = -8, then drift 0.5, rate 0.01.
    assertLatents(weight, 0, 1e-15, 0.2, -0.2 + 0.08 - 0.005, 0.3);
  }

  @Test
  void momentumDescentFollowsTheFormulaBitByBit() {
    NaiveBitwiseWeight weight = weight(new double[][] {{1, 1, -1}}, 0.5, true, true, true);
    NaiveBitwiseTrainer trainer = NaiveBitwiseTrainer.independentSgd(weight, 0.5, 0);
    trainer.step(new double[] {2}, 0.1); // gradients 1, 2, -3
    assertLatents(weight, 0, 1e-15, 0.9, 0.8, -0.7);
    trainer.step(new double[] {2}, 0.1); // buffers 1.5, 3, -4.5
    assertLatents(weight, 0, 1e-15, 0.75, 0.5, -0.25);
    trainer.step(new double[] {2}, 0.1); // buffers 1.75, 3.5, -5.25: the sign flips
    assertLatents(weight, 0, 1e-15, 0.575, 0.15, 0.275);
    assertThat(weight.weights()).containsExactly(-1.5);
    trainer.step(new double[] {2}, 0.1); // gradients -1, -2, -3: buffers -0.125, -0.25, -5.625
    assertLatents(weight, 0, 1e-15, 0.5875, 0.175, 0.8375);
  }

  @Test
  void theSignUsesTheMagnitudeFromBeforeTheStep() {
    NaiveBitwiseWeight weight = weight(new double[][] {{0.05, -1}}, 1, true, true);
    NaiveBitwiseTrainer.independentSgd(weight, 0, 0).step(new double[] {1}, 0.1);
    // Bit 0 falls to 0 in this very step; the sign still sees magnitude 1.
    assertLatents(weight, 0, 1e-15, -0.05, -0.9);
  }

  @Test
  void coupledAdamMovesAllMagnitudeLatentsOfAWeightAlike() {
    SplittableRandom random = Seeds.random();
    NaiveBitwiseWeight weight = randomWeight(random, 20, 16);
    double[][] start = magnitudes(weight);
    NaiveBitwiseTrainer trainer = NaiveBitwiseTrainer.coupledAdam(weight, GUARD, 0.02);
    for (int step = 0; step < 50; step++) {
      trainer.step(gradient(random, weight.size()), 1e-2);
    }
    double largest = 0;
    for (int i = 0; i < weight.size(); i++) {
      double moved = weight.latent(i, 14) - start[i][14];
      largest = Math.max(largest, Math.abs(moved));
      for (int bit = 0; bit < 15; bit++) {
        assertThat(weight.latent(i, bit) - start[i][bit])
            .as("weight %d bit %d, replay with -Dbitloom.seed=%d", i, bit, Seeds.CURRENT)
            .isCloseTo(moved, within(1e-12));
      }
    }
    assertThat(largest).isGreaterThan(0.02);
  }

  @Test
  void theGuardGrowsWithTheGradientAndSparesTheSign() {
    NaiveBitwiseWeight weight =
        weight(new double[][] {{0.5, 0.5, 0.5, -0.5}}, 1, true, true, false, true);
    NaiveBitwiseTrainer.coupledAdam(weight, 1, 0).step(new double[] {1}, 0.01);
    // Top trained is bit 1: gradients 1 and 2, guards 0.5 and 1, so both move by the same:
    // 0.01 * sqrt(0.001)/0.1 * 0.2 / (sqrt(0.001)*2 + 1). The sign has gradient -7 and no guard.
    double move = 0.01 * Math.sqrt(0.001) / 0.1 * 0.2 / (Math.sqrt(0.001) * 2 + 1);
    assertLatents(weight, 0, 1e-15, 0.5 - move, 0.5 - move, 0.5);
    assertThat(weight.latent(0, 3)).isCloseTo(-0.49, within(1e-8));
  }

  @Test
  void independentAdamLeavesLowLatentsBehindWhereEpsilonMatters() {
    NaiveBitwiseWeight weight = randomWeight(Seeds.random(), 1, 32);
    double low = weight.latent(0, 0);
    double top = weight.latent(0, 30);
    NaiveBitwiseTrainer trainer = NaiveBitwiseTrainer.independentAdam(weight, 0);
    trainer.step(new double[] {1}, 0.01); // gradients 2^(i-31): 0.5 at the top, 4.7e-10 at bit 0
    assertThat(Math.abs(weight.latent(0, 30) - top)).isCloseTo(0.01, within(1e-6));
    assertThat(Math.abs(weight.latent(0, 0) - low)).isLessThan(2e-6);
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 2, 6, 16, 32})
  void coupledAndIndependentDescentAreTheSameWithoutDrift(int depth) {
    NaiveBitwiseWeight one = randomWeight(Seeds.random("start"), 30, depth);
    NaiveBitwiseWeight two = randomWeight(Seeds.random("start"), 30, depth);
    NaiveBitwiseTrainer independent = NaiveBitwiseTrainer.independentSgd(one, 0.9, 0);
    NaiveBitwiseTrainer coupled = NaiveBitwiseTrainer.coupledSgd(two, 0.9, 0);
    SplittableRandom random = Seeds.random("gradients");
    for (int step = 0; step < 20; step++) {
      double[] gradient = gradient(random, 30);
      independent.step(gradient, 1e-2);
      coupled.step(gradient, 1e-2);
    }
    assertThat(two.weights()).isEqualTo(one.weights());
  }

  @Test
  void coupledDescentDriftsEachBitInProportionToItsWorth() {
    double[][] latents = {{1, 1, 1, 1, -1}};
    NaiveBitwiseWeight weight = weight(latents, 1, true, true, true, false, true);
    NaiveBitwiseTrainer.coupledSgd(weight, 0, 0.8).step(new double[] {0}, 0.1);
    assertLatents(weight, 0, 1e-15, 0.98, 0.96, 0.92, 1, -1); // top trained is bit 2
  }

  @Test
  void driftIsTakenAtThePlainRateAndSparesTheSign() {
    NaiveBitwiseWeight weight = weight(new double[][] {{1, 1, 1}}, 1, true, true, true);
    NaiveBitwiseTrainer.coupledAdam(weight, GUARD, 0.5).step(new double[] {0}, 0.1);
    assertLatents(weight, 0, 1e-15, 0.95, 0.95, 1);
  }

  @Test
  void signOnlyWeightsTrainInEveryRule() {
    for (int rule = 0; rule < 2; rule++) {
      NaiveBitwiseWeight weight = weight(new double[][] {{1, 1, -0.005}}, 1, false, false, true);
      NaiveBitwiseTrainer trainer =
          rule == 0
              ? NaiveBitwiseTrainer.independentAdam(weight, 0.1)
              : NaiveBitwiseTrainer.coupledAdam(weight, GUARD, 0.1);
      trainer.step(new double[] {1}, 0.01);
      assertThat(weight.weights()).containsExactly(-3);
    }
  }

  @Test
  void aGradientOfTheWrongLengthIsRefused() {
    NaiveBitwiseWeight weight = weight(new double[][] {{1}, {1}}, 1, true);
    NaiveBitwiseTrainer trainer = NaiveBitwiseTrainer.independentAdam(weight, 0);
    assertThatThrownBy(() -> trainer.step(new double[3], 0.1))
        .hasMessage("gradient must have one value per weight: 2, got 3");
  }

  private static void assertLatents(
      NaiveBitwiseWeight weight, int i, double tolerance, double... expected) {
    for (int bit = 0; bit < expected.length; bit++) {
      assertThat(weight.latent(i, bit))
          .as("bit " + bit)
          .isCloseTo(expected[bit], within(tolerance));
    }
  }

  private static double[][] magnitudes(NaiveBitwiseWeight weight) {
    double[][] latents = new double[weight.size()][weight.depth() - 1];
    for (int i = 0; i < latents.length; i++) {
      int row = i;
      Arrays.setAll(latents[i], bit -> weight.latent(row, bit));
    }
    return latents;
  }

  private static NaiveBitwiseWeight randomWeight(SplittableRandom random, int size, int depth) {
    double[][] latents = new double[size][depth];
    for (double[] bits : latents) {
      Arrays.setAll(bits, bit -> 0.1 * random.nextGaussian());
    }
    boolean[] trained = new boolean[depth];
    Arrays.fill(trained, true);
    return new NaiveBitwiseWeight(trained, latents, Math.pow(2, 1 - depth));
  }

  private static double[] gradient(SplittableRandom random, int size) {
    return random.doubles(size, -1, 1).toArray();
  }

  private static NaiveBitwiseWeight weight(double[][] latents, double scale, boolean... trained) {
    return new NaiveBitwiseWeight(trained, latents, scale);
  }
}
