package org.bitloom.update.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import jdk.incubator.vector.FloatVector;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.UpdateKernels.Descent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the vector kernels with the specification, bit for bit. */
class KernelTwinsTest {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int[] COUNTS = {
    0, 1, 2, 3, 7, LANES - 1, LANES, LANES + 1, 31, 63, 64, 65, 127, 509, 1021, 1023, 1024
  };

  /** First weight of the chunk, and weights of the tensor behind it. */
  private static final int[][] PLACES = {{0, 0}, {0, 70}, {64, 0}, {1024, 70}};

  private static final Descent DESCENT = new Descent(9e-4f, 1e-7f, 3e-5f);
  private static final Descent TINY = new Descent(9e-4f, 1e-15f, 0);

  /**
   * One kernel at one setting.
   *
   * @param name for the reader of a failure
   * @param writes what of the {@link Stage} it may write
   */
  record Kernel(
      String name, BitLayout layout, Set<String> writes, BiConsumer<UpdateKernels, Stage> run) {
    @Override
    public String toString() {
      return name + " " + layout.mask();
    }
  }

  static List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    moments(kernels, BitMask.all().at(6));
    for (int depth = 1; depth <= BitLayout.MAX_DEPTH; depth++) {
      codes(kernels, BitMask.all().at(depth), depth);
    }
    for (int depth = 2; depth <= BitLayout.MAX_DEPTH; depth++) {
      staircases(kernels, BitMask.all().at(depth));
      frozen(kernels, BitMask.top(depth / 2).at(depth));
      frozen(kernels, new BitLayout(depth, 1));
      staircases(kernels, new BitLayout(depth, 1));
    }
    frozen(kernels, BitMask.all().at(8));
    frozen(kernels, BitMask.sign().at(32));
    frozen(kernels, new BitLayout(32, 0x5555_5555));
    frozen(kernels, new BitLayout(32, 0x2aaa_aaaa));
    staircases(kernels, new BitLayout(32, 0x5555_5555));
    staircases(kernels, new BitLayout(32, 0x2aaa_aaaa));
    return kernels;
  }

  private static void moments(List<Kernel> kernels, BitLayout any) {
    add(kernels, "latentGradients", any, "magnitudeGradient signGradient", latentGradients(0.01f));
    add(kernels, "latentGradients", any, "magnitudeGradient signGradient", latentGradients(1e-9f));
    add(kernels, "adamMoments", any, "m v root", (k, s) -> adamMoments(k, s, s.chunk.gradient));
    add(kernels, "adamMoments", any, "m v root", (k, s) -> adamMoments(k, s, s.chunk.signGradient));
    for (Descent descent : List.of(DESCENT, TINY)) {
      add(kernels, "adam", any, "m v x root", (k, s) -> adam(k, s, s.x, descent));
      add(kernels, "adam", any, "m v weight root", (k, s) -> adam(k, s, null, descent));
      add(kernels, "adamDescend", any, "x", (k, s) -> adamDescend(k, s, s.x, descent));
      add(kernels, "adamDescend", any, "weight", (k, s) -> adamDescend(k, s, null, descent));
      add(kernels, "sgdDescend", any, "x", (k, s) -> sgdDescend(k, s, s.x, descent));
      add(kernels, "sgdDescend", any, "weight", (k, s) -> sgdDescend(k, s, null, descent));
    }
    ofFloatMethods(kernels, any);
    for (float momentum : new float[] {0, 0.9f}) {
      add(
          kernels,
          "sgdMoment",
          any,
          "m",
          (k, s) -> k.sgdMoment(s.adam.m(), s.chunk.gradient, s.chunk, momentum));
    }
  }

  private static void ofFloatMethods(List<Kernel> kernels, BitLayout any) {
    add(kernels, "sgdAhead", any, "root", KernelTwinsTest::sgdAhead);
    add(kernels, "sgdDescendAhead", any, "x", KernelTwinsTest::sgdDescendAhead);
    add(kernels, "decayGradients", any, "gradient", (k, s) -> k.decayGradients(s.chunk, 5e-4f));
    add(kernels, "shrinkWeights", any, "weight", (k, s) -> k.shrinkWeights(s.chunk, 0.9999f));
  }

  private static void codes(List<Kernel> kernels, BitLayout layout, int depth) {
    int bit = depth - 1;
    add(kernels, "latentBits", layout, "code", (k, s) -> k.latentBits(s.x, s.chunk, bit));
    add(kernels, "weights", layout, "weight", (k, s) -> k.weights(s.chunk, depth, 0.0123f));
    add(kernels, "weights", layout, "weight", (k, s) -> k.weights(s.chunk, depth, 7e-12f));
  }

  private static void frozen(List<Kernel> kernels, BitLayout layout) {
    add(kernels, "frozenBits", layout, "code", (k, s) -> k.frozenBits(s.frozen, s.chunk));
  }

  private static void staircases(List<Kernel> kernels, BitLayout layout) {
    add(
        kernels,
        "stairs",
        layout,
        "code",
        (k, s) -> k.stairs(s.staircase, s.displacement, s.chunk));
    add(
        kernels,
        "scaledStairs",
        layout,
        "code",
        (k, s) -> k.scaledStairs(s.staircase, s.displacement, s.chunk));
  }

  private static void add(
      List<Kernel> kernels,
      String name,
      BitLayout layout,
      String writes,
      BiConsumer<UpdateKernels, Stage> run) {
    kernels.add(new Kernel(name, layout, Set.of(writes.split(" ")), run));
  }

  private static BiConsumer<UpdateKernels, Stage> latentGradients(float top) {
    return (kernels, stage) -> kernels.latentGradients(stage.chunk, top);
  }

  private static void adamMoments(UpdateKernels kernels, Stage stage, float[] gradient) {
    kernels.adamMoments(stage.adam, gradient, stage.chunk);
  }

  /** Moves the latents {@code x} of the tensor, or the weights of the chunk if null. */
  private static void adam(UpdateKernels kernels, Stage stage, float[] x, Descent descent) {
    Chunk chunk = stage.chunk;
    float[] moved = x == null ? chunk.weight : x;
    int at = x == null ? 0 : chunk.from;
    kernels.adam(moved, at, stage.adam, chunk.gradient, chunk, descent);
    Arrays.fill(chunk.root, 0, chunk.count, 0); // not defined
  }

  /** Moves the latents {@code x} of the tensor, or the weights of the chunk if null. */
  private static void adamDescend(UpdateKernels kernels, Stage stage, float[] x, Descent descent) {
    float[] moved = x == null ? stage.chunk.weight : x;
    kernels.adamDescend(
        moved, x == null ? 0 : stage.chunk.from, stage.adam.m(), stage.chunk, descent);
  }

  private static void sgdDescend(UpdateKernels kernels, Stage stage, float[] x, Descent descent) {
    float[] moved = x == null ? stage.chunk.weight : x;
    kernels.sgdDescend(
        moved, x == null ? 0 : stage.chunk.from, stage.adam.m(), stage.chunk, descent);
  }

  private static void sgdAhead(UpdateKernels kernels, Stage stage) {
    kernels.sgdAhead(stage.adam.m(), stage.chunk.gradient, stage.chunk, 0.9f);
  }

  private static void sgdDescendAhead(UpdateKernels kernels, Stage stage) {
    kernels.sgdDescendAhead(stage.x, stage.chunk.from, stage.chunk, DESCENT);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void twinsWriteTheSameBitsAndNothingElse(Kernel kernel) {
    for (int count : COUNTS) {
      for (int[] place : PLACES) {
        compare(kernel, place[0], count, place[1]);
      }
    }
  }

  private static void compare(Kernel kernel, int from, int count, int after) {
    String place =
        String.format(
            Locale.ROOT, "%s, %d weights from %d, seed %d", kernel, count, from, Seeds.CURRENT);
    SplittableRandom random = Seeds.random(kernel + "/" + count);
    Stage scalar = new Stage(kernel.layout(), from, count, after, random);
    Stage vector = new Stage(kernel.layout(), scalar);
    Map<String, int[]> before = scalar.bits();
    kernel.run().accept(KernelChoice.scalar(), scalar);
    kernel.run().accept(KernelChoice.vector(), vector);
    Map<String, int[]> expected = scalar.bits();
    Map<String, int[]> found = vector.bits();
    for (String array : before.keySet()) {
      assertSame(place + ": " + array, found.get(array), expected.get(array));
      if (!kernel.writes().contains(array)) {
        assertSame(place + ": " + array, found.get(array), before.get(array));
      } else {
        int first = Set.of("m", "v", "x").contains(array) ? from : 0;
        assertUntouchedOutside(
            place + ": " + array, before.get(array), found.get(array), first, first + count);
      }
    }
  }

  /** Asks AssertJ, which looks at arrays by reflection, only for the text of a failure. */
  private static void assertSame(String what, int[] found, int[] expected) {
    if (!Arrays.equals(found, expected)) {
      assertThat(found).as(what).isEqualTo(expected);
    }
  }

  private static void assertUntouchedOutside(
      String what, int[] before, int[] after, int first, int end) {
    for (int i = 0; i < before.length; i++) {
      if ((i < first || i >= end) && before[i] != after[i]) {
        assertThat(after[i]).as("%s, element %d outside", what, i).isEqualTo(before[i]);
      }
    }
  }

  @Test
  void everyKernelIsCompared() {
    Set<String> compared = new TreeSet<>(Set.of("name", "obstacle", "allWithin"));
    kernels().forEach(kernel -> compared.add(kernel.name()));
    assertThat(UpdateKernels.class.getDeclaredMethods())
        .extracting(java.lang.reflect.Method::getName)
        .containsExactlyInAnyOrderElementsOf(compared);
  }

  @Test
  void oneValueThatIsNotFiniteIsFoundInEveryPosition() {
    float[] wrong = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.intBitsToFloat(0x7f800001),
      Float.intBitsToFloat(0xffffffff)
    };
    for (UpdateKernels kernels : List.of(KernelChoice.scalar(), KernelChoice.vector())) {
      for (int count : COUNTS) {
        int from = 3;
        float[] values = finite(from + count + 5);
        values[from - 1] = Float.NaN;
        values[from + count] = Float.POSITIVE_INFINITY;
        assertThat(kernels.allWithin(values, from, from + count, Float.MAX_VALUE))
            .as("%s, %d values", kernels.name(), count)
            .isTrue();
        for (int i = from; i < from + count; i++) {
          float kept = values[i];
          values[i] = wrong[i % wrong.length];
          assertThat(kernels.allWithin(values, from, from + count, Float.MAX_VALUE))
              .as("%s, %s at %d of %d", kernels.name(), values[i], i, count)
              .isFalse();
          values[i] = kept;
        }
      }
    }
  }

  private static float[] finite(int count) {
    float[] edge = {0f, -0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -1e-40f, 1f};
    SplittableRandom random = Seeds.random("finite");
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = edge[random.nextInt(edge.length)];
    }
    return values;
  }

  @Test
  void everyPatternOfAnExponentIsJudgedAsTheJdkDoes() {
    int[] fractions = {0, 1, 0x400000, 0x7fffff};
    float[] limits = {Float.MAX_VALUE, 0x1p63f, 1.5f, Float.MIN_VALUE, 0};
    for (UpdateKernels kernels : List.of(KernelChoice.scalar(), KernelChoice.vector())) {
      for (int signAndExponent = 0; signAndExponent < 512; signAndExponent++) {
        for (int fraction : fractions) {
          int bits = signAndExponent << 23 | fraction;
          float[] values = new float[2 * LANES + 1];
          Arrays.fill(values, Float.intBitsToFloat(bits));
          for (float limit : limits) {
            assertThat(kernels.allWithin(values, 0, values.length, limit))
                .as("%s, %08x, limit %s", kernels.name(), bits, limit)
                .isEqualTo(Math.abs(values[0]) <= limit);
          }
        }
      }
    }
  }
}
