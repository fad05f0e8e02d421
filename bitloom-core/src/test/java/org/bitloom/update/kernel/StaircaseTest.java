package org.bitloom.update.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaircaseTest {
  private static final BitLayout DEPTH_8 = BitMask.all().at(8);

  private static int level(float latent, double deviation) {
    Staircase staircase = new Staircase(DEPTH_8, 1, deviation);
    staircase.set(6, 0, latent);
    return staircase.level(6, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.0177, 0.0431, 0.6, 1})
  void levelsKeepTheInitialBitOfEveryLatent(double deviation) {
    float[] above = {Float.MIN_VALUE, 1e-40f, 1e-30f, 1e-7f, 1, 1e30f, Float.MAX_VALUE};
    for (float latent : above) {
      assertThat(level(latent, deviation)).as("%s", latent).isBetween(0, 127);
      assertThat(level(-latent, deviation)).as("%s", -latent).isBetween(-127, -1);
    }
    assertThat(level(0f, deviation)).isEqualTo(-1);
    assertThat(level(-0f, deviation)).isEqualTo(-1);
    assertThat(Staircase.highestOff(0f)).isEqualTo(-1);
    assertThat(Staircase.highestOff(-0f)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 6, 32})
  void aLevelStandsForLatentsHalfAStepAroundIt(int depth) {
    BitLayout layout = BitMask.all().at(depth);
    double deviation = LatentDeviation.PAPER.magnitude(depth, 100);
    Staircase staircase = new Staircase(layout, 1000, deviation);
    DrawnLatents draws = new DrawnLatents(Seeds.CURRENT, "p", depth, 100);
    float[][] latents = new float[1000][depth];
    for (int weight = 0; weight < 1000; weight++) {
      draws.next(latents[weight]);
      for (int step = 0; step < staircase.steps(); step++) {
        staircase.set(step, weight, latents[weight][staircase.bit(step)]);
      }
    }
    double half = deviation / 64 * (1 + Tolerances.FLOAT_CHAIN) + 1e-9;
    for (int weight = 0; weight < 1000; weight++) {
      for (int step = 0; step < staircase.steps(); step++) {
        double inside = Math.max(-4 * deviation, Math.min(4 * deviation, latents[weight][step]));
        assertThat((double) staircase.latent(step, weight))
            .as("weight %d, step %d, seed %d", weight, step, Seeds.CURRENT)
            .isCloseTo(inside, within(half));
      }
    }
  }

  @Test
  void neighbouringStepsOfAWeightDoNotDisturbEachOther() {
    Staircase staircase = new Staircase(BitMask.all().at(32), 3, 1);
    SplittableRandom random = Seeds.random();
    int[][] expected = new int[31][3];
    for (int weight = 0; weight < 3; weight++) {
      for (int step = 0; step < 31; step++) {
        expected[step][weight] = random.nextInt(-127, 128);
        staircase.set(step, weight, (random.nextInt(-127, 128) + 0.5f) / 32);
        staircase.set(step, weight, (expected[step][weight] + 0.5f) / 32);
      }
    }
    for (int weight = 0; weight < 3; weight++) {
      for (int step = 0; step < 31; step++) {
        assertThat(staircase.level(step, weight)).isEqualTo(expected[step][weight]);
      }
    }
  }

  /** Level q is on where (q + 0.5) + levels is above 0; exactly there either is right. */
  @Test
  void everyThresholdIsExactOnBothSidesOfItsEdge() {
    double[] besides = {-0.5, -0.25, -1.0 / 1024, 1.0 / 1024, 0.25, 0.5};
    for (int level = -Staircase.TOP_LEVEL; level <= Staircase.TOP_LEVEL; level++) {
      for (double beside : besides) {
        float levels = (float) (-0.5 - level + beside);
        boolean on = level > Staircase.highestOff(levels);
        assertThat(on).as("level %d at %s levels", level, levels).isEqualTo(beside > 0);
      }
    }
  }

  @Test
  void thresholdFallsStepByStepAsTheDisplacementRises() {
    int last = Staircase.TOP_LEVEL;
    for (int i = -200 * 64; i <= 200 * 64; i++) {
      int off = Staircase.highestOff(i / 64f);
      assertThat(last - off).as("step at %s levels", i / 64f).isBetween(0, 1);
      last = off;
    }
    assertThat(last).isEqualTo(-128);
  }

  @ParameterizedTest
  @ValueSource(floats = {128, 129, 1e6f, 1e20f, Float.MAX_VALUE, Float.POSITIVE_INFINITY})
  void farDisplacementsSwitchAllLevelsOnOrOff(float far) {
    assertThat(Staircase.highestOff(far)).isEqualTo(-128);
    assertThat(Staircase.highestOff(-far)).isEqualTo(Staircase.TOP_LEVEL);
  }

  @Test
  void aFarDisplacementMakesEveryTrainedBitOneOrZero() {
    for (int depth = 2; depth <= BitLayout.MAX_DEPTH; depth++) {
      BitLayout layout = BitMask.all().at(depth);
      Staircase staircase = new Staircase(layout, 3, 0.01);
      for (int weight = 0; weight < 3; weight++) {
        for (int step = 0; step < staircase.steps(); step++) {
          staircase.set(step, weight, (weight - 1) * 100f);
        }
      }
      int magnitude = layout.trained() & ~(1 << layout.signBit());
      for (float far : new float[] {1, 1e10f, Float.MAX_VALUE}) {
        assertThat(codes(staircase, far)).containsOnly(magnitude);
        assertThat(codes(staircase, -far)).containsOnly(0);
      }
    }
  }

  private static int[] codes(Staircase staircase, float displacement) {
    Chunk chunk = new Chunk();
    chunk.count = 3;
    float[] displacements = {displacement, displacement, displacement};
    KernelChoice.scalar().stairs(staircase, displacements, chunk);
    return Arrays.copyOf(chunk.code, 3);
  }

  @Test
  void scaledStepsMoveByTheWorthOfTheirBit() {
    BitLayout layout = new BitLayout(32, 0x4020_0001);
    Staircase staircase = new Staircase(layout, 1, 0.5);
    assertThat(staircase.levelsPerUnit()).isEqualTo(64f);
    assertThat(staircase.levelsPerUnit(0)).isEqualTo(0x1p-24f);
    assertThat(staircase.levelsPerUnit(1)).isEqualTo(0x1p-3f);
    assertThat(staircase.levelsPerUnit(2)).isEqualTo(64f);
  }
}
