package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.CpuState;
import org.bitloom.update.Method;
import org.bitloom.update.NonFiniteGradientException;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateArray;
import org.bitloom.update.Training;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.ZeroTarget;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the state on a device to the scalar kernels, byte by byte. */
class DeviceStateTest {
  private static final int STEPS = 20;
  private static final Device DEVICE = Device.fromName(System.getProperty("bitloom.device", "cpu"));
  private static final List<Method> METHODS =
      List.of(
          Method.adam(),
          Method.sgd(),
          Method.adam().withWeightDecay(0.1),
          new Method.Sgd(0.8f, true, 0.01));

  private static ThreadTeam team;

  @BeforeAll
  static void begin() {
    team = new ThreadTeam(1);
    JniUtils.setGradMode(false);
  }

  @AfterAll
  static void end() {
    team.close();
  }

  static Stream<Training> trainings() {
    return Arrays.stream(UpdateRule.values())
        .flatMap(
            rule ->
                METHODS.stream()
                    .flatMap(
                        method ->
                            Stream.of(
                                new Training(rule, method, 0),
                                new Training(rule, method, 0.02),
                                steered(rule, method))));
  }

  private static Training steered(UpdateRule rule, Method method) {
    ZeroTarget zeros = new ZeroTarget(0.1, STEPS);
    return new Training(rule, method, 0, FrozenBits.DRAWN, Optional.of(zeros));
  }

  /** A parameter of every depth and of every kind of mask, weights that stay floats, and biases. */
  private static List<ParameterSpec> everyLayout() {
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.floats("bias", List.of(7)));
    for (int depth = 1; depth <= BitLayout.MAX_DEPTH; depth++) {
      for (int mask : masks(depth)) {
        String name = depth + "/" + Integer.toBinaryString(mask);
        specs.add(ParameterSpec.bits(name, List.of(29, 11), new BitLayout(depth, mask)));
      }
    }
    specs.add(ParameterSpec.floats("floats", List.of(5, 13)));
    specs.add(ParameterSpec.bits("again", List.of(3, 17), new BitLayout(6, 0b111000)));
    return specs;
  }

  /** All bits, the sign, the top three, the lowest without the sign, every second one. */
  private static int[] masks(int depth) {
    int all = BitLayout.allBits(depth);
    int sign = 1 << (depth - 1);
    int top = depth < 3 ? all : 0b111 << (depth - 3);
    return IntStream.of(all, sign, top, 1, 0x55555555 & all).distinct().toArray();
  }

  private static CpuState state(List<ParameterSpec> specs, Training training, long seed) {
    Function<ParameterSpec, InitialLatents> initial =
        spec ->
            new DrawnLatents(
                seed, spec.name(), spec.layout().get().depth(), spec.fanIn(), deviation(training));
    return new CpuState(specs, training, initial, KernelChoice.scalar(), team);
  }

  /** Gives every second kind of training even latents. */
  private static LatentDeviation deviation(Training training) {
    return training.method().weightDecay() > 0 ? LatentDeviation.EVEN : LatentDeviation.PAPER;
  }

  /** Two states of one network, one on the device, and what each has made of the weights. */
  private static final class Twins implements AutoCloseable {
    private final CpuState cpu;
    private final DeviceState device;
    private final NDManager manager = NDManager.newBaseManager(DEVICE);
    private final List<FloatBuffer> weights = new ArrayList<>();
    private final NDArray flat;
    private final SplittableRandom random = Seeds.random();
    private final double[] rates;

    Twins(List<ParameterSpec> specs, Training training) {
      this(training, () -> state(specs, training, 5));
    }

    Twins(Training training, Supplier<CpuState> first) {
      cpu = first.get();
      device = new DeviceState(first.get(), training, DEVICE);
      List<ParameterSpec> specs = cpu.parameters();
      rates = new double[specs.size()];
      Arrays.fill(rates, training.method() instanceof Method.Sgd ? 0.5 : 0.09);
      float[] values = new float[device.order().size()];
      for (ParameterSpec spec : specs) {
        FloatBuffer own = FloatBuffer.allocate(spec.size());
        for (int i = 0; i < spec.size(); i++) {
          own.put(i, (float) (random.nextDouble() - 0.5));
        }
        weights.add(own);
        own.get(0, values, device.order().segment(spec.name()).begin(), spec.size());
      }
      flat = manager.create(values);
      cpu.compose(weights);
      device.compose(flat);
    }

    /** Takes a step; gradients are of many sizes. */
    void step() {
      float[] flatGradients = new float[device.order().size()];
      List<FloatBuffer> gradients = new ArrayList<>();
      for (ParameterSpec spec : cpu.parameters()) {
        FloatBuffer own = FloatBuffer.allocate(spec.size());
        for (int i = 0; i < spec.size(); i++) {
          own.put(
              i, (float) ((random.nextDouble() - 0.5) * Math.pow(10, -8 * random.nextDouble())));
        }
        gradients.add(own);
        own.get(0, flatGradients, device.order().segment(spec.name()).begin(), spec.size());
      }
      cpu.step(gradients, weights, rates);
      stepDevice(flatGradients);
    }

    void stepDevice(float[] gradients) {
      try (NDArray array = manager.create(gradients)) {
        device.step(array, flat, rates);
      }
    }

    void requireEqual(String when) {
      float[] values = flat.toFloatArray();
      for (int p = 0; p < weights.size(); p++) {
        ParameterSpec spec = cpu.parameters().get(p);
        int begin = device.order().segment(spec.name()).begin();
        for (int i = 0; i < spec.size(); i++) {
          assertThat(Float.floatToRawIntBits(values[begin + i]))
              .as("weight %d of %s %s, -Dbitloom.seed=%d", i, spec.name(), when, Seeds.CURRENT)
              .isEqualTo(Float.floatToRawIntBits(weights.get(p).get(i)));
        }
      }
    }

    void requireEqualStates() {
      List<StateArray> expected = cpu.arrays();
      List<StateArray> found = device.arrays();
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i).name()).isEqualTo(expected.get(i).name());
        assertThat(found.get(i).values())
            .as(expected.get(i).name())
            .isEqualTo(expected.get(i).values());
      }
    }

    @Override
    public void close() {
      device.close();
      manager.close();
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void weightsAndStateAreThoseOfTheScalarKernelsAtEveryDepthAndMask(Training training) {
    try (Twins twins = new Twins(everyLayout(), training)) {
      twins.requireEqual("at first");
      for (int step = 1; step <= STEPS; step++) {
        twins.step();
        twins.requireEqual("after step " + step);
      }
      twins.requireEqualStates();
    }
  }

  @ParameterizedTest
  @EnumSource(UpdateRule.class)
  void soAreThoseFromGivenWeightsAroundNoise(UpdateRule rule) {
    Training training = new Training(rule, Method.adam(), 0.02, FrozenBits.noise(3));
    Function<ParameterSpec, InitialLatents> given =
        spec -> {
          SplittableRandom random = Seeds.random(spec.name());
          float[] weights = new float[spec.size()];
          for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble(-1, 1);
          }
          return new QuantizedLatents(weights, spec.layout().get(), spec.fanIn());
        };
    try (Twins twins =
        new Twins(
            training,
            () -> new CpuState(everyLayout(), training, given, KernelChoice.scalar(), team))) {
      for (int step = 0; step < STEPS; step++, twins.step()) {
        twins.requireEqual("after step " + step);
      }
      twins.requireEqualStates();
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void aRestoredStateGoesOnAtTheSameBytes(Training training) {
    List<ParameterSpec> specs = everyLayout();
    try (Twins twins = new Twins(specs, training);
        DeviceState restored = new DeviceState(state(specs, training, 6), training, DEVICE)) {
      twins.step();
      twins.step();
      List<StateArray> saved = twins.device.arrays();
      List<StateArray> empty = restored.arrays();
      for (int i = 0; i < saved.size(); i++) {
        empty.get(i).restore(saved.get(i).values());
      }
      try (NDArray weights = twins.flat.duplicate();
          NDArray gradients = twins.manager.ones(twins.flat.getShape())) {
        restored.step(gradients, weights, twins.rates);
        twins.device.step(gradients, twins.flat, twins.rates);
        assertThat(weights.toFloatArray()).isEqualTo(twins.flat.toFloatArray());
      }
    }
  }

  @Test
  void theFirstUnusableGradientIsNamedWithItsStepHoweverLateOneLooks() {
    Training training = new Training(UpdateRule.COUPLED, Method.adam(), 0);
    List<ParameterSpec> specs =
        List.of(
            ParameterSpec.floats("bias", List.of(4)),
            ParameterSpec.bits("dense", List.of(4, 3), new BitLayout(6, 0b111000)));
    try (Twins twins = new Twins(specs, training)) {
      twins.step();
      twins.device.check();
      twins.step();
      float[] bad = new float[twins.device.order().size()];
      bad[twins.device.order().segment("bias").begin() + 2] = 1e22f;
      twins.stepDevice(bad);
      twins.step();
      assertThatThrownBy(twins.device::check)
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessageContaining("1.0e+22 in bias at step 3");
    }
  }

  @Test
  void ratesThatDifferAreRefused() {
    Training training = new Training(UpdateRule.COUPLED, Method.adam(), 0);
    try (Twins twins = new Twins(everyLayout(), training)) {
      twins.rates[3] = 1;
      assertThatThrownBy(() -> twins.stepDevice(new float[twins.device.order().size()]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("on a device the same for every parameter");
    }
  }
}
