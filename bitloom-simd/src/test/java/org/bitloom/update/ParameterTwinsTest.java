package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trains whole parameters with every twin and team of threads: the same state, bit for bit. */
class ParameterTwinsTest {
  private static final double DRIFT = 0.03;
  private static final Method AHEAD = new Method.Sgd(0.9f, true, 5e-4);

  /** One parameter under test. */
  record Case(int size, int steps, BitLayout layout, UpdateRule rule, Method method) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d weights, %d steps, %s, %s, %s",
          size,
          steps,
          layout.mask(),
          rule.label(),
          method.label());
    }
  }

  /** One way to train that must make no difference. */
  record Way(UpdateKernels kernels, int threads) {}

  static List<Case> smallCases() {
    List<Case> cases = new ArrayList<>();
    for (int depth : new int[] {1, 2, 3, 6, 8, 16, 24, 32}) {
      for (int size : new int[] {1, 63, 64, 65, 66, 1000, 1025}) {
        cases.addAll(cases(size, 20, depth).toList());
      }
    }
    return cases;
  }

  /** Sizes that the threads share among them. */
  static List<Case> sharedCases() {
    List<Case> cases = new ArrayList<>(cases(80_000, 5, 6).toList());
    cases.addAll(cases(65 * Chunk.WEIGHTS + 1, 3, 1).toList());
    cases.addAll(cases(65 * Chunk.WEIGHTS + 63, 3, 32).toList());
    return cases;
  }

  private static Stream<Case> cases(int size, int steps, int depth) {
    return layouts(depth)
        .flatMap(
            layout ->
                Stream.of(UpdateRule.values())
                    .flatMap(
                        rule ->
                            Stream.of(Method.adam(), Method.sgd(), AHEAD)
                                .map(method -> new Case(size, steps, layout, rule, method))));
  }

  private static Stream<BitLayout> layouts(int depth) {
    int every = -1 >>> (32 - depth);
    return Stream.of(
            BitMask.all().at(depth),
            BitMask.top(Math.min(3, depth)).at(depth),
            BitMask.sign().at(depth),
            new BitLayout(depth, 0x5555_5555 & every), // every second bit, the sign if depth is odd
            new BitLayout(depth, depth == 1 ? 1 : 0x2aaa_aaaa & every))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("smallCases")
  void smallParametersAreTheSameWithEveryTwin(Case test) {
    Map<String, int[]> expected = train(test, new Way(KernelChoice.scalar(), 1));
    assertSame(test, expected, new Way(KernelChoice.vector(), 1));
    assertSame(test, expected, new Way(KernelChoice.vector(), 3));
  }

  @ParameterizedTest
  @MethodSource("sharedCases")
  void sharedParametersAreTheSameWithEveryTwinAndTeam(Case test) {
    Map<String, int[]> expected = train(test, new Way(KernelChoice.scalar(), 1));
    for (int threads = 1; threads <= 3; threads++) {
      assertSame(test, expected, new Way(KernelChoice.vector(), threads));
      if (threads > 1) {
        assertSame(test, expected, new Way(KernelChoice.scalar(), threads));
      }
    }
  }

  private static void assertSame(Case test, Map<String, int[]> expected, Way way) {
    Map<String, int[]> found = train(test, way);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, bits) -> {
          // AssertJ looks at arrays by reflection: it is asked only for the text of a failure
          if (!Arrays.equals(found.get(name), bits)) {
            assertThat(found.get(name))
                .as(
                    "%s: %s, %s x %d, seed %d",
                    test, name, way.kernels().name(), way.threads(), Seeds.CURRENT)
                .isEqualTo(bits);
          }
        });
  }

  /** Returns the bits of weights, codes and state after training. */
  private static Map<String, int[]> train(Case test, Way way) {
    int size = test.size();
    Training training = new Training(test.rule(), test.method(), DRIFT, frozen(size));
    ParameterSpec spec = new ParameterSpec("p", List.of(size), 37, Optional.of(test.layout()));
    double rate = test.method() instanceof Method.Adam ? 3e-2 : 2;
    SplittableRandom random = Seeds.random("gradients");
    FloatBuffer weight = FloatBuffer.allocate(size);
    FloatBuffer gradient = FloatBuffer.allocate(size);
    try (ThreadTeam team = new ThreadTeam(way.threads())) {
      CpuState state =
          new CpuState(List.of(spec), training, ParameterTwinsTest::initial, way.kernels(), team);
      state.compose(List.of(weight));
      for (int step = 0; step < test.steps(); step++) {
        for (int i = 0; i < size; i++) {
          boolean silent = random.nextInt(5) == 0;
          gradient.put(i, silent ? 0 : (float) (random.nextDouble() - 0.4));
        }
        state.step(List.of(gradient), List.of(weight), new double[] {rate});
      }
      Map<String, int[]> bits = new LinkedHashMap<>();
      state.arrays().forEach(array -> bits.put(array.name(), bits(array.values())));
      bits.put("weights", bits(weight.array()));
      bits.put("codes", state.codes("p"));
      return bits;
    }
  }

  /** Gives frozen bits to sizes that three divides, leaves noise in others. */
  private static FrozenBits frozen(int size) {
    return size % 3 != 0
        ? FrozenBits.DRAWN
        : (name, layout, codes) ->
            System.arraycopy(Seeds.random("frozen").ints(size).toArray(), 0, codes, 0, size);
  }

  /** Draws the bits of odd sizes and gives weights to even ones. */
  private static InitialLatents initial(ParameterSpec spec) {
    if (spec.size() % 2 != 0) {
      int depth = spec.layout().orElseThrow().depth();
      return new DrawnLatents(Seeds.CURRENT, spec.name(), depth, spec.fanIn());
    }
    SplittableRandom random = Seeds.random("weights");
    float[] weights = new float[spec.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextDouble() - 0.5);
    }
    return new QuantizedLatents(weights, spec.layout().orElseThrow(), spec.fanIn());
  }

  private static int[] bits(Object array) {
    if (array instanceof float[] floats) {
      return IntStream.range(0, floats.length)
          .map(i -> Float.floatToRawIntBits(floats[i]))
          .toArray();
    }
    return array instanceof long[] longs
        ? LongStream.of(longs).mapToInt(Math::toIntExact).toArray()
        : ((int[]) array).clone();
  }
}
