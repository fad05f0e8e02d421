package org.bitloom.bench.device;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.bitloom.bits.BitLayout;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.Training;
import org.bitloom.update.UpdateRule;

/** Counts the kinds of parameters whose training on a device differs from the scalar kernels'. */
final class DeviceTwins {
  private static final int STEPS = 20;
  private static final double DRIFT = 0.02;
  private static final List<Integer> SHAPE = List.of(37, 9);

  private DeviceTwins() {}

  static void run(DeviceOptions options, Rows rows) {
    List<ParameterSpec> specs = specs(options.quick() ? 7 : 1);
    int cases = 0;
    int differing = 0;
    for (UpdateRule rule : UpdateRule.values()) {
      for (Method method : List.of(Method.adam(), Method.sgd())) {
        for (double drift : List.of(0.0, DRIFT)) {
          Training training = new Training(rule, method, drift);
          Set<String> different = differing(specs, training, options.engineDevice());
          String name =
              Rows.text("%s, %s, drift %s", rule.label(), method.label(), Double.toString(drift));
          rows.require(
              different.isEmpty(),
              "twins",
              name,
              Rows.text("%d of %d differ", different.size(), specs.size()),
              different.isEmpty()
                  ? STEPS + " steps, weights and state"
                  : String.join(" ", different));
          cases += specs.size();
          differing += different.size();
        }
      }
    }
    rows.row("twins", "all", Rows.text("%d of %d differ", differing, cases), "depth 1 to 32");
  }

  private static Set<String> differing(
      List<ParameterSpec> specs, Training training, Device device) {
    Set<String> different = new TreeSet<>();
    try (TwinStates twins = new TwinStates(specs, training, device, new SplittableRandom(1))) {
      for (int step = 0; step < STEPS; step++) {
        twins.step();
        different.addAll(twins.differingWeights());
      }
      different.addAll(twins.differingStates());
    }
    return different;
  }

  /** Returns floats, and bits at every depth with every kind of mask. */
  private static List<ParameterSpec> specs(int everyDepth) {
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.floats("float", List.of(19)));
    for (int depth = 1; depth <= BitLayout.MAX_DEPTH; depth += everyDepth) {
      for (int mask : masks(depth)) {
        String name = depth + ":" + bits(mask, depth);
        specs.add(ParameterSpec.bits(name, SHAPE, new BitLayout(depth, mask)));
      }
    }
    return specs;
  }

  private static Set<Integer> masks(int depth) {
    int all = BitLayout.allBits(depth);
    int sign = 1 << (depth - 1);
    Set<Integer> masks = new TreeSet<>(List.of(all, sign, 1, 0x33333333 & all));
    if (depth > 3) {
      masks.add(0b111 << (depth - 3)); // the top bits alone
      masks.add(0b110 << (depth - 3));
      masks.add(all & ~sign);
    }
    return masks;
  }

  private static String bits(int mask, int depth) {
    String digits = Integer.toBinaryString(mask);
    return "0".repeat(depth - digits.length()) + digits;
  }
}
