package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.program.Program;
import org.bitloom.update.CpuState;
import org.bitloom.update.ZeroDial;

/** Brings the margins of a sample of the weights from a device to the dial, when it is due. */
final class DeviceDial {
  private final CpuState host;
  private final ZeroDial dial;
  private final FlatOrder order;
  private final Program program;
  private final NDManager manager;
  private NDArray sampled;

  /**
   * Connects the dial of a state.
   *
   * @param program of the state on the device
   * @param manager of the device, owns what is allocated
   */
  DeviceDial(CpuState host, FlatOrder order, Program program, NDManager manager) {
    this.host = host;
    this.dial = host.dial().orElseThrow();
    this.order = order;
    this.program = program;
    this.manager = manager;
  }

  /** Takes over what of the margins never changes, after the state on the host was restored. */
  void upload() {
    List<Long> places = new ArrayList<>();
    List<Float> fixed = new ArrayList<>();
    host.eachSampled(
        (place, parameter, weight, margin) -> {
          places.add((long) order.segment(parameter).begin() + weight);
          fixed.add(margin);
        });
    long[] at = places.stream().mapToLong(Long::longValue).toArray();
    float[] margins = new float[at.length];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = fixed.get(i);
    }
    if (sampled != null) {
      sampled.close();
    }
    sampled = manager.zeros(new Shape(at.length));
    program.run("dial", List.of(manager.create(at), manager.create(margins), sampled));
  }

  /** Lets the dial look before the next step. */
  void before(long taken, double rate) {
    if (dial.isDue(taken)) {
      program.run("margins", List.of());
      dial.look(sampled.toFloatArray(), taken, rate);
    }
  }

  double drift() {
    return dial.drift();
  }
}
