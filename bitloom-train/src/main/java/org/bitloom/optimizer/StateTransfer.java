package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bitloom.update.CpuState;
import org.bitloom.update.StateArray;

/** Copies between the flat tensors of a state on a device and the arrays of a state in Java. */
final class StateTransfer {
  private final FlatOrder order;
  private final Map<String, StateArray> arrays = new HashMap<>();
  private final Tensors tensors;

  /**
   * The tensors that change from step to step.
   *
   * @param m first moments: of magnitude latents, sign latents, floats
   * @param v second moments, the same; empty without Adam
   * @param latents displacements, or nothing, then sign latents
   * @param separate latents of each group, {@code [bits, weights]}; empty in rule {@code coupled}
   */
  record Tensors(NDArray m, NDArray v, NDArray latents, List<NDArray> separate) {}

  StateTransfer(CpuState host, FlatOrder order, Tensors tensors) {
    this.order = order;
    this.tensors = tensors;
    host.arrays().forEach(array -> arrays.put(array.name(), array));
  }

  /** Takes one stretch of a tensor's values; the array has its length. */
  @FunctionalInterface
  private interface Copy {
    void copy(NDArray tensor, int at, StateArray array);
  }

  /** Brings the tensors into the arrays. */
  void toHost(long steps) {
    IdentityHashMap<NDArray, float[]> flat =
        new IdentityHashMap<>(); // arrays are equal if their values are
    each(
        (tensor, at, array) -> {
          float[] all = flat.computeIfAbsent(tensor, NDArray::toFloatArray);
          array.restore(Arrays.copyOfRange(all, at, at + array.length()));
        });
    order.segments().forEach(segment -> steps(segment).restore(new long[] {steps}));
  }

  /**
   * Brings the arrays into the tensors.
   *
   * @param write replaces the values of a tensor
   * @return the number of steps that the state has taken
   */
  long toDevice(BiConsumer<NDArray, float[]> write) {
    IdentityHashMap<NDArray, float[]> flat = new IdentityHashMap<>();
    each(
        (tensor, at, array) -> {
          float[] all = flat.computeIfAbsent(tensor, NDArray::toFloatArray);
          System.arraycopy((float[]) array.values(), 0, all, at, array.length());
        });
    flat.forEach(write);
    long steps = 0;
    for (FlatOrder.Segment segment : order.segments()) {
      steps = Math.max(steps, ((long[]) steps(segment).values())[0]);
    }
    return steps;
  }

  private StateArray steps(FlatOrder.Segment segment) {
    return arrays.get(segment.spec().name() + "/steps");
  }

  private void each(Copy copy) {
    int bits = order.bits();
    for (int g = 0; g < order.groups().size(); g++) {
      FlatOrder.Group group = order.groups().get(g);
      for (FlatOrder.Segment segment : group.segments()) {
        magnitude(segment, group, tensors.separate().get(g), copy);
        moments(segment, "/sign", bits + segment.begin(), copy);
        copy(copy, tensors.latents(), bits + segment.begin(), segment, "/sign");
      }
    }
    for (FlatOrder.Segment segment : order.segments()) {
      if (!segment.spec().isBitwise()) {
        moments(segment, "/float", bits + segment.begin(), copy);
      }
    }
  }

  private void magnitude(
      FlatOrder.Segment segment, FlatOrder.Group group, NDArray separate, Copy copy) {
    moments(segment, "/magnitude", segment.begin(), copy);
    copy(copy, tensors.latents(), segment.begin(), segment, "/displacement");
    int[] bits = group.layout().trainedMagnitudeBits();
    for (int b = 0; b < bits.length; b++) {
      int at = b * group.size() + segment.begin() - group.begin();
      copy(copy, separate, at, segment, "/latent." + bits[b]);
    }
  }

  private void moments(FlatOrder.Segment segment, String what, int at, Copy copy) {
    copy(copy, tensors.m(), at, segment, what + ".m");
    copy(copy, tensors.v(), at, segment, what + ".v");
  }

  /** Copies an array if the state has it: which it has depends on rule, method and mask. */
  private void copy(Copy copy, NDArray tensor, int at, FlatOrder.Segment segment, String what) {
    StateArray array = arrays.get(segment.spec().name() + what);
    if (array != null) {
      copy.copy(tensor, at, array);
    }
  }
}
