package org.bitloom.update;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.bitloom.bits.InitialLatents;
import org.bitloom.update.kernel.Staircase;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;

/**
 * The training state of a network in Java arrays, moved by kernels on the processor. A step
 * allocates nothing.
 *
 * <p>Values are a list of buffers, one per parameter, each {@code [size]} from its position 0;
 * direct buffers and others.
 */
public final class CpuState implements StateBackend<List<FloatBuffer>> {
  private final List<ParameterSpec> specs;
  private final List<TrainedParameter> trained = new ArrayList<>();
  private final Map<String, TrainedParameter> byName = new LinkedHashMap<>();
  private final ThreadTeam team;
  private final Optional<ZeroDial> dial;
  private final Optional<ZeroSteering> steering;

  /**
   * Allocates the state of a network.
   *
   * @param parameters in the order in which values will be handed over; names are unique
   * @param initial gives each bit-wise parameter the latents it starts from
   * @param kernels move the state
   * @param team shares the work; its size changes no result; the caller closes it
   * @throws IllegalArgumentException if a name comes twice, or latents cannot be given
   * @throws org.bitloom.error.UsageException if frozen bits keep too many weights from the wanted
   *     share of zeros
   */
  public CpuState(
      List<ParameterSpec> parameters,
      Training training,
      Function<ParameterSpec, InitialLatents> initial,
      UpdateKernels kernels,
      ThreadTeam team) {
    this.specs = List.copyOf(parameters);
    this.team = team;
    this.dial = training.zeros().map(ZeroDial::new);
    DoubleSupplier drift = dial.<DoubleSupplier>map(own -> own::drift).orElse(training::drift);
    for (ParameterSpec spec : specs) {
      TrainedParameter parameter =
          spec.layout().isEmpty()
              ? new FloatParameter(spec.name(), spec.size(), training.method(), kernels)
              : new BitwiseParameter(
                  spec.name(),
                  spec.size(),
                  spec.layout().get(),
                  training,
                  drift,
                  kernels,
                  initial(spec, initial));
      trained.add(parameter);
      if (byName.put(spec.name(), parameter) != null) {
        throw new IllegalArgumentException(
            "names of parameters must be unique, got twice " + spec.name());
      }
    }
    this.steering = dial.map(own -> new ZeroSteering(own, specs, trained));
  }

  private static InitialLatents initial(
      ParameterSpec spec, Function<ParameterSpec, InitialLatents> initial) {
    try {
      return initial.apply(spec);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("parameter " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<ParameterSpec> parameters() {
    return specs;
  }

  @Override
  public void step(List<FloatBuffer> gradients, List<FloatBuffer> weights, double[] rates) {
    requireCount("gradients", gradients.size());
    requireCount("weights", weights.size());
    requireCount("rates", rates.length);
    try {
      for (int i = 0; i < trained.size(); i++) {
        trained.get(i).begin(gradients.get(i), weights.get(i), rates[i]);
      }
      for (int i = 0; i < trained.size(); i++) {
        trained.get(i).checkGradient(team);
      }
      if (steering.isPresent()) {
        steering.get().beforeAll(rates);
      }
      for (int i = 0; i < trained.size(); i++) {
        trained.get(i).move(rates[i], team);
      }
    } finally {
      for (int i = 0; i < trained.size(); i++) {
        trained.get(i).end();
      }
    }
  }

  private void requireCount(String what, int found) {
    if (found != trained.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s must be one for each of %d parameters, got %d",
              what,
              trained.size(),
              found));
    }
  }

  /**
   * Takes one step of a single parameter, for engines that hand over one after another.
   *
   * @param parameter its place in {@link #parameters}
   * @param gradient dL/dw, [size]; read
   * @param weight [size]; replaced
   * @param rate learning rate
   * @see #step(List, List, double[])
   */
  public void step(int parameter, FloatBuffer gradient, FloatBuffer weight, double rate) {
    if (steering.isPresent()) {
      steering.get().before(parameter, rate);
    }
    trained.get(parameter).step(gradient, weight, rate, team);
  }

  @Override
  public void compose(List<FloatBuffer> weights) {
    requireCount("weights", weights.size());
    for (int i = 0; i < trained.size(); i++) {
      if (trained.get(i) instanceof BitwiseParameter bits) {
        bits.weights(weights.get(i), team);
      }
    }
  }

  @Override
  public long steps(String parameter) {
    return find(parameter).steps();
  }

  @Override
  public float scale(String parameter) {
    return bits(parameter).scale();
  }

  /**
   * Returns the largest gradient, dL/dw, that a step can use.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  public float largestGradient(String parameter) {
    return find(parameter).largestGradient();
  }

  /**
   * Returns where the trained magnitude bits of a bit-wise parameter switch on, of rule {@code
   * coupled}; empty if it has none. Never changes.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  public Optional<Staircase> staircase(String parameter) {
    return bits(parameter).staircase();
  }

  /** Returns what steers the drift to a share of zeros, if there is something. */
  public Optional<ZeroDial> dial() {
    return dial;
  }

  @Override
  public void requireReach() {
    steering.ifPresent(ZeroSteering::requireReach);
  }

  @Override
  public OptionalDouble steeredDrift() {
    return dial.isPresent() ? OptionalDouble.of(dial.get().drift()) : OptionalDouble.empty();
  }

  /**
   * Shows the weights whose margins the dial looks at.
   *
   * @param weights hears of each: its parameter's name, its place in it, and the part of its margin
   *     that never changes
   */
  public void eachSampled(SampledWeight weights) {
    steering.ifPresent(own -> own.each(weights));
  }

  /** Hears of one weight of the sample. */
  @FunctionalInterface
  public interface SampledWeight {
    /** Takes the place in the sample, where the weight is, and its fixed margin. */
    void accept(int place, String parameter, int weight, float fixedMargin);
  }

  @Override
  public int[] codes(String parameter) {
    BitwiseParameter bits = bits(parameter);
    int[] codes = new int[bits.size()];
    bits.codes(codes, team);
    return codes;
  }

  private BitwiseParameter bits(String name) {
    if (find(name) instanceof BitwiseParameter bits) {
      return bits;
    }
    throw new IllegalArgumentException(
        "parameter " + name + " must be bit-wise to have bits, it is trained as floats");
  }

  private TrainedParameter find(String name) {
    TrainedParameter found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "parameter must be one of " + byName.keySet() + ", got " + name);
    }
    return found;
  }

  @Override
  public List<StateArray> arrays() {
    List<StateArray> arrays = new ArrayList<>();
    for (TrainedParameter parameter : trained) {
      parameter.visit(
          (name, live) -> arrays.add(new JavaArray(parameter.name() + "/" + name, live)));
    }
    dial.ifPresent(own -> arrays.add(new JavaArray("dial", own.state())));
    return arrays;
  }

  /** Does nothing: the heap is freed by itself, and the team is the caller's. */
  @Override
  public void close() {}
}
