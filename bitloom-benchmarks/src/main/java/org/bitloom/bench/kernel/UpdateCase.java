package org.bitloom.bench.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.update.CpuState;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.Training;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;

/**
 * A kind of tensor whose update is timed.
 *
 * @param rule how its bits move; null = floats
 * @param depth bits per weight
 * @param mask which of them are trained
 */
public record UpdateCase(UpdateRule rule, int depth, String mask) {
  /** A rate at which no bit has run away after thousands of updates by the same gradient. */
  public static final double RATE = 9e-6;

  /** The depths that tables have a line for. */
  public static final List<Integer> DEPTHS = List.of(1, 2, 4, 8, 16, 32);

  private static final int FAN_IN = 784;

  /** Weights that are drawn; a multiple of every block that state is laid out in. */
  static final int TILE = 1 << 18;

  /** Ordinary floats, moved by our Adam. */
  static final UpdateCase FLOATS = new UpdateCase(null, Float.SIZE, "all");

  /** Returns what bit-wise training is called in tables: {@code coupled 8:top3}. */
  public static String name(UpdateRule rule, int depth, String mask) {
    return rule.label() + " " + depth + ":" + mask;
  }

  /** Returns the masks to try at a depth: where top3 says no other than all, only all. */
  public static List<String> masks(int depth) {
    return depth > 3 ? List.of("all", "top3") : List.of("all");
  }

  /** Returns floats, and both rules at the depths and masks of a table. */
  static List<UpdateCase> table() {
    List<UpdateCase> cases = new ArrayList<>();
    cases.add(FLOATS);
    for (UpdateRule rule : List.of(UpdateRule.INDEPENDENT, UpdateRule.COUPLED)) {
      cases.add(new UpdateCase(rule, 2, "all"));
      cases.add(new UpdateCase(rule, 6, "top3"));
      cases.add(new UpdateCase(rule, 8, "all"));
      cases.add(new UpdateCase(rule, 16, "all"));
      cases.add(new UpdateCase(rule, 32, "top3"));
      cases.add(new UpdateCase(rule, 32, "all"));
    }
    return cases;
  }

  /**
   * Returns the state of one fresh tensor; beyond {@value #TILE} weights they repeat.
   *
   * @param team shares its work; the caller closes it
   */
  public CpuState create(int size, UpdateKernels kernels, ThreadTeam team) {
    if (rule == null) {
      return state(size, spec -> null, kernels, team);
    }
    int drawn = Math.min(size, TILE);
    CpuState tile =
        state(drawn, spec -> new DrawnLatents(1, spec.name(), depth, FAN_IN), kernels, team);
    if (drawn == size) {
      return tile;
    }
    float[] zeros = new float[size]; // the cheapest to start from
    CpuState large =
        state(size, spec -> new QuantizedLatents(zeros, layout(), FAN_IN), kernels, team);
    TiledState.fill(large, tile);
    return large;
  }

  private CpuState state(
      int size,
      Function<ParameterSpec, InitialLatents> initial,
      UpdateKernels kernels,
      ThreadTeam team) {
    Optional<BitLayout> bits = rule == null ? Optional.empty() : Optional.of(layout());
    ParameterSpec spec = new ParameterSpec(toString(), List.of(size), FAN_IN, bits);
    UpdateRule own = rule == null ? UpdateRule.COUPLED : rule;
    Training training = new Training(own, Method.adam(), 0);
    return new CpuState(List.of(spec), training, initial, kernels, team);
  }

  private BitLayout layout() {
    return BitMask.parse(mask).at(depth);
  }

  @Override
  public String toString() {
    return rule == null ? "float" : name(rule, depth, mask);
  }
}
