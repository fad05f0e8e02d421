package org.bitloom.bench.device;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.optimizer.DeviceState;
import org.bitloom.update.CpuState;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateArray;
import org.bitloom.update.Training;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;

/** The same parameters trained by the scalar kernels and on a device, by the same gradients. */
final class TwinStates implements AutoCloseable {
  private static final long SEED = 3;
  private static final double ADAM_RATE = 0.07;
  private static final double SGD_RATE = 0.4;

  /** Gradients are from about 1 down to this power of ten. */
  private static final double SMALLEST = -8;

  private final SplittableRandom random;
  private final ThreadTeam workers = new ThreadTeam(1);
  private final NDManager manager;
  private final CpuState scalar;
  private final DeviceState device;
  private final List<FloatBuffer> weights = new ArrayList<>();
  private final NDArray deviceWeights;
  private final double[] rates;

  TwinStates(
      List<ParameterSpec> specs, Training training, Device engineDevice, SplittableRandom random) {
    this.random = random;
    manager = NDManager.newBaseManager(engineDevice);
    scalar = state(specs, training);
    device = new DeviceState(state(specs, training), training, engineDevice);
    rates = new double[specs.size()];
    Arrays.fill(rates, training.method() instanceof Method.Adam ? ADAM_RATE : SGD_RATE);
    specs.forEach(spec -> weights.add(FloatBuffer.wrap(noise(spec.size(), 0))));
    deviceWeights = manager.create(flat(weights));
    scalar.compose(weights);
    device.compose(deviceWeights);
  }

  private CpuState state(List<ParameterSpec> specs, Training training) {
    return new CpuState(
        specs,
        training,
        spec ->
            new DrawnLatents(SEED, spec.name(), spec.layout().orElseThrow().depth(), spec.fanIn()),
        KernelChoice.scalar(),
        workers);
  }

  private float[] noise(int size, double smallest) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      double power = Math.pow(10, smallest * random.nextDouble());
      values[i] = (float) ((2 * random.nextDouble() - 1) * power);
    }
    return values;
  }

  private float[] flat(List<FloatBuffer> parts) {
    float[] all = new float[device.order().size()];
    for (int i = 0; i < parts.size(); i++) {
      ParameterSpec spec = scalar.parameters().get(i);
      parts.get(i).get(0, all, device.order().segment(spec.name()).begin(), spec.size());
    }
    return all;
  }

  /** Moves both by gradients of many sizes. */
  void step() {
    List<FloatBuffer> gradients = new ArrayList<>();
    for (ParameterSpec spec : scalar.parameters()) {
      gradients.add(FloatBuffer.wrap(noise(spec.size(), SMALLEST)));
    }
    scalar.step(gradients, weights, rates);
    try (NDArray flat = manager.create(flat(gradients))) {
      device.step(flat, deviceWeights, rates);
    }
  }

  /** Returns the names of the parameters whose weights differ in a bit. */
  Set<String> differingWeights() {
    Set<String> different = new TreeSet<>();
    float[] expected = flat(weights);
    float[] found = deviceWeights.toFloatArray();
    device
        .order()
        .segments()
        .forEach(
            segment -> {
              int begin = segment.begin();
              int end = segment.end();
              if (Arrays.mismatch(bits(expected, begin, end), bits(found, begin, end)) >= 0) {
                different.add(segment.spec().name());
              }
            });
    return different;
  }

  private static int[] bits(float[] values, int begin, int end) {
    int[] bits = new int[end - begin];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[begin + i]));
    return bits;
  }

  /** Returns the names of the arrays of state that differ. */
  Set<String> differingStates() {
    Set<String> different = new TreeSet<>();
    List<StateArray> found = device.arrays();
    for (int i = 0; i < found.size(); i++) {
      StateArray expected = scalar.arrays().get(i);
      if (!Objects.deepEquals(expected.values(), found.get(i).values())) {
        different.add(expected.name());
      }
    }
    return different;
  }

  @Override
  public void close() {
    device.close();
    scalar.close();
    manager.close();
    workers.close();
  }
}
