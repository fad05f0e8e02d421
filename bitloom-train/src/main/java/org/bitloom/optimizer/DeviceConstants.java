package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bitloom.bits.BitLayout;
import org.bitloom.update.CpuState;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.Training;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.Staircase;

/** Makes the tensors of a {@link DeviceState} that no step changes; owned by the manager. */
record DeviceConstants(CpuState host, Training training, FlatOrder order, NDManager manager) {
  private boolean isCoupled() {
    return training.rule() == UpdateRule.COUPLED;
  }

  /** Returns from dL/dw to the gradient of the top trained magnitude latent. */
  NDArray tops() {
    return perWeight(spec -> host.scale(spec.name()) * topPower(spec.layout().orElseThrow()));
  }

  private static float topPower(BitLayout layout) {
    int[] bits = layout.trainedMagnitudeBits();
    return Math.scalb(1f, bits.length == 0 ? 0 : bits[bits.length - 1]);
  }

  /** Returns the levels of a staircase per unit of displacement. */
  NDArray levelsPerUnit() {
    return perWeight(spec -> host.staircase(spec.name()).map(Staircase::levelsPerUnit).orElse(0f));
  }

  NDArray scales() {
    return perWeight(spec -> host.scale(spec.name()));
  }

  /** Returns a number per bit-wise weight, the same for all of a parameter. */
  private NDArray perWeight(ToDoubleFunction<ParameterSpec> value) {
    float[] values = new float[order.bits()];
    for (FlatOrder.Segment segment : order.segments()) {
      if (segment.spec().isBitwise()) {
        float one = (float) value.applyAsDouble(segment.spec());
        Arrays.fill(values, segment.begin(), segment.end(), one);
      }
    }
    return manager.create(values);
  }

  /** Returns the largest gradient of each weight that a step can use. */
  NDArray limits() {
    float[] limits = new float[order.size()];
    for (FlatOrder.Segment segment : order.segments()) {
      float largest = host.largestGradient(segment.spec().name());
      Arrays.fill(limits, segment.begin(), segment.end(), largest);
    }
    return manager.create(limits);
  }

  /** Returns what Adam adds to the roots of magnitude latents, sign latents and floats. */
  NDArray eps() {
    float[] eps = new float[order.bits() + order.size()];
    if (training.method() instanceof Method.Adam adam) {
      Arrays.fill(eps, adam.eps());
      Arrays.fill(eps, 0, order.bits(), UpdateRule.GUARD);
    }
    return manager.create(eps);
  }

  /** Returns what frozen magnitude bits are worth; 1 at depth 1, where there are none. */
  NDArray frozenMagnitudes() {
    int[] frozen = new int[order.bits()];
    eachCode(
        (at, layout, code) -> {
          int inside = BitLayout.allBits(layout.depth()) >>> 1;
          frozen[at] = layout.depth() == 1 ? 1 : code & ~layout.trained() & inside;
        });
    return manager.create(frozen);
  }

  /** Returns the sign bits, which count where they are frozen. */
  NDArray negative() {
    boolean[] negative = new boolean[order.bits()];
    eachCode((at, layout, code) -> negative[at] = (code >>> layout.signBit() & 1) != 0);
    return manager.create(negative);
  }

  @FunctionalInterface
  private interface CodeVisitor {
    void visit(int at, BitLayout layout, int code);
  }

  private void eachCode(CodeVisitor visitor) {
    for (FlatOrder.Segment segment : order.segments()) {
      if (segment.spec().isBitwise()) {
        BitLayout layout = segment.spec().layout().orElseThrow();
        int[] codes = host.codes(segment.spec().name());
        for (int i = 0; i < codes.length; i++) {
          visitor.visit(segment.begin() + i, layout, codes[i]);
        }
      }
    }
  }

  /**
   * Returns worths and factors of a group's trained magnitude bits, two columns {@code [bits, 1]}.
   * The factors are eps of Adam in rule {@code independent}, with SGD what a bit moves by beside
   * the top one.
   */
  List<NDArray> worthAndFactors(FlatOrder.Group group) {
    int[] bits = group.layout().trainedMagnitudeBits();
    int[] worth = new int[bits.length];
    float[] factors = new float[bits.length];
    for (int b = 0; b < bits.length; b++) {
      worth[b] = 1 << bits[b];
      int below = bits[bits.length - 1] - bits[b];
      factors[b] =
          training.method() instanceof Method.Adam adam
              ? adam.eps() * Math.scalb(1f, below)
              : Math.scalb(1f, -below);
    }
    Shape column = new Shape(bits.length, 1);
    return List.of(manager.create(worth, column), manager.create(factors, column));
  }

  /** Returns the levels of a group's staircases, {@code [bits, weights]} bytes. */
  NDArray levels(FlatOrder.Group group) {
    int[] bits = group.layout().trainedMagnitudeBits();
    if (!isCoupled() || bits.length == 0) {
      return manager.zeros(new Shape(0, group.size()), DataType.INT8);
    }
    ByteBuffer levels = ByteBuffer.allocateDirect(Math.multiplyExact(bits.length, group.size()));
    for (FlatOrder.Segment segment : group.segments()) {
      Staircase staircase = host.staircase(segment.spec().name()).orElseThrow();
      for (int step = 0; step < bits.length; step++) {
        int at = step * group.size() + segment.begin() - group.begin();
        for (int i = 0; i < segment.spec().size(); i++) {
          levels.put(at + i, (byte) staircase.level(step, i));
        }
      }
    }
    return manager.create(levels, new Shape(bits.length, group.size()), DataType.INT8);
  }
}
