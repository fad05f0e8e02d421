package org.bitloom.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.bitloom.program.Program;
import org.bitloom.update.CpuState;
import org.bitloom.update.NonFiniteGradientException;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateArray;
import org.bitloom.update.StateBackend;
import org.bitloom.update.Training;
import org.bitloom.update.UpdateRule;

/**
 * The training state of a network on a device of the engine, moved by one call a step.
 *
 * <p>Values are one flat tensor on that device, in the order of {@link #order}. The bytes are those
 * of the scalar kernels: every operation of the program rounds once, as there. A gradient that
 * cannot be used is found late, by {@link #check}; the state is of no use then.
 *
 * <p>Initial state, bit strings and saved arrays go through a {@link CpuState} in Java arrays.
 */
public final class DeviceState implements StateBackend<NDArray> {
  private static final String PROGRAM = "update.torchscript";

  private final CpuState host;
  private final Training training;
  private final DeviceMethod method;
  private final FlatOrder order;
  private final NDManager manager;
  private final Program program;
  private final StateTransfer transfer;
  private final NDArray good;
  private final NDArray held;
  private final Optional<DeviceDial> dial;
  private final List<Runnable> renewals = new ArrayList<>();
  private long steps;
  private long restarted;
  private boolean hostIsOld;
  private boolean deviceIsOld = true;
  private boolean constantsAreOld;

  /**
   * Puts a state on a device.
   *
   * @param host the initial state; serves this one from now on
   * @param training that it was allocated with
   * @param device of the engine, a GPU or the CPU
   */
  public DeviceState(CpuState host, Training training, Device device) {
    this.host = host;
    this.training = training;
    this.method = new DeviceMethod(training.method());
    this.order = new FlatOrder(host.parameters());
    manager = NDManager.newBaseManager(device);
    Program loaded = null;
    try {
      loaded = Program.load(DeviceState.class, PROGRAM, device);
      program = loaded;
      int rows = order.bits() + order.size();
      NDArray m = manager.zeros(new Shape(rows));
      NDArray v = manager.zeros(new Shape(method.isAdam() ? rows : 0));
      NDArray latents = manager.zeros(new Shape(2L * order.bits()));
      good = manager.create(0L);
      held = manager.zeros(new Shape(order.size()));
      DeviceConstants constants = new DeviceConstants(host, training, order, manager);
      bind(constants, List.of(m, v, constants.eps(), latents, manager.create(true), good, held));
      List<NDArray> separate = new ArrayList<>();
      order.groups().forEach(group -> separate.add(bind(constants, group)));
      dial = host.dial().map(own -> new DeviceDial(host, order, program, manager));
      transfer = new StateTransfer(host, order, new StateTransfer.Tensors(m, v, latents, separate));
    } catch (RuntimeException | Error e) {
      if (loaded != null) {
        loaded.close();
      }
      manager.close();
      throw e;
    }
  }

  private boolean isCoupled() {
    return training.rule() == UpdateRule.COUPLED;
  }

  private void bind(DeviceConstants constants, List<NDArray> changing) {
    List<NDArray> tensors = new ArrayList<>();
    tensors.add(manager.create(1f));
    tensors.add(renewable(constants::tops));
    tensors.add(renewable(constants::levelsPerUnit));
    tensors.add(renewable(constants::scales));
    tensors.add(renewable(constants::frozenMagnitudes));
    tensors.add(renewable(constants::negative));
    tensors.add(renewable(constants::limits));
    tensors.addAll(changing);
    float keep1 = method.keep1();
    float keep2 = method.keep2();
    program.run(
        "bind",
        tensors,
        method.isAdam() ? 1 : 0,
        isCoupled() ? 1 : 0,
        manager.getDevice().isGpu() ? 1 : 0, // elsewhere float roots are not those of Java
        order.bits(),
        order.size() - order.bits(),
        keep1,
        keep2,
        1 - keep1,
        1 - keep2,
        method.nesterov() ? 1 : 0,
        method.weightDecay());
  }

  /** Returns what the host's state tells now; it is told again after that was restored. */
  private NDArray renewable(Supplier<NDArray> constant) {
    NDArray tensor = constant.get();
    renewals.add(
        () -> {
          try (NDArray now = constant.get()) {
            program.run("copy", List.of(tensor, now));
          }
        });
    return tensor;
  }

  /** Binds a group and returns its separate latents. */
  private NDArray bind(DeviceConstants constants, FlatOrder.Group group) {
    int bits = isCoupled() ? 0 : group.layout().trainedMagnitudeBits().length;
    NDArray separate = manager.zeros(new Shape(bits, group.size()));
    List<NDArray> tensors = new ArrayList<>();
    tensors.add(renewable(() -> constants.levels(group)));
    tensors.addAll(constants.worthAndFactors(group));
    tensors.add(separate);
    program.run(
        "group", tensors, group.begin(), group.size(), group.layout().signTrained() ? 1 : 0);
    return separate;
  }

  /** Returns where each parameter lies in the flat tensors. */
  public FlatOrder order() {
    return order;
  }

  @Override
  public List<ParameterSpec> parameters() {
    return host.parameters();
  }

  /**
   * Takes one step.
   *
   * @param gradients [size], flat
   * @param weights [size], flat; changed in place
   * @param rates one for each parameter, all equal
   */
  @Override
  public void step(NDArray gradients, NDArray weights, double[] rates) {
    double rate = DeviceMethod.common(rates, host.parameters().size());
    upload();
    dial.ifPresent(own -> own.before(steps, rate));
    double drift = dial.map(DeviceDial::drift).orElse(training.drift());
    steps++;
    program.run(
        "step",
        List.of(gradients, weights),
        method.rate(rate, steps),
        (float) (rate * drift),
        method.kept(rate));
    hostIsOld = true;
  }

  /**
   * Waits for the steps so far and looks at their gradients.
   *
   * @throws NonFiniteGradientException if one could not be used, with parameter and step of the
   *     first
   */
  public void check() {
    long usable = good.toLongArray()[0];
    if (usable < steps - restarted) {
      float[] gradients = held.toFloatArray();
      for (FlatOrder.Segment segment : order.segments()) {
        String name = segment.spec().name();
        float largest = host.largestGradient(name);
        FloatBuffer own = FloatBuffer.wrap(gradients, segment.begin(), segment.spec().size());
        NonFiniteGradientException.check(name, restarted + usable + 1, own.slice(), largest);
      }
      throw new IllegalStateException("no gradient is unusable, yet only " + usable + " were");
    }
  }

  @Override
  public void compose(NDArray weights) {
    upload();
    program.run("compose", List.of(weights));
  }

  @Override
  public long steps(String parameter) {
    return deviceIsOld ? host.steps(parameter) : steps;
  }

  /** Returns the number of steps that all parameters have taken. */
  public long stepsTaken() {
    return parameters().isEmpty() ? steps : steps(parameters().get(0).name());
  }

  @Override
  public float scale(String parameter) {
    return host.scale(parameter);
  }

  @Override
  public void requireReach() {
    host.requireReach();
  }

  @Override
  public OptionalDouble steeredDrift() {
    return host.steeredDrift();
  }

  @Override
  public int[] codes(String parameter) {
    download();
    return host.codes(parameter);
  }

  /** Returns the arrays of the host's state: the same file resumes on every backend. */
  @Override
  public List<StateArray> arrays() {
    return host.arrays().stream().<StateArray>map(array -> new DeviceArray(this, array)).toList();
  }

  /** Takes note that the state on the host was changed, and is the newer one. */
  void hostIsNewer() {
    deviceIsOld = true;
    constantsAreOld = true;
  }

  /** Brings the state into the one on the host, if steps were taken since. */
  public void download() {
    if (hostIsOld) {
      check();
      transfer.toHost(steps);
      hostIsOld = false;
    }
  }

  /** Brings the state of the host to the device, if it is newer. */
  private void upload() {
    if (constantsAreOld) { // a run may be resumed whose first bits are drawn otherwise here
      renewals.forEach(Runnable::run);
      constantsAreOld = false;
    }
    if (deviceIsOld) {
      steps = transfer.toDevice(this::write);
      restarted = steps;
      program.run("restart", List.of());
      dial.ifPresent(DeviceDial::upload);
      deviceIsOld = false;
    }
  }

  private void write(NDArray tensor, float[] values) {
    try (NDArray source = manager.create(values, tensor.getShape())) {
      program.run("copy", List.of(tensor, source));
    }
  }

  @Override
  public void close() {
    program.close();
    manager.close();
    host.close();
  }
}
