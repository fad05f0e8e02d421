package org.bitloom.bench.guard;

import java.util.Arrays;
import org.bitloom.bench.kernel.MemoryTraffic;
import org.bitloom.bench.kernel.UpdateBuffers;
import org.bitloom.bench.kernel.UpdateCase;
import org.bitloom.bench.measure.CpuClock;
import org.bitloom.bench.measure.Median;
import org.bitloom.bench.step.Competitor;
import org.bitloom.bench.step.Competitors;
import org.bitloom.bench.step.EngineTraining;
import org.bitloom.bench.step.TimedNetwork;
import org.bitloom.bits.BitMask;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.update.CpuState;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;

/** Measures the ratios of the guard on one thread, both sides of each in turns. */
final class GuardRatios {
  private static final int SMALL = 266_200; // LeNet-300-100
  private static final int LARGE = 1 << 21; // its state is larger than most caches
  private static final int ROUNDS = 25;
  private static final int STEPS_PER_TURN = 3;
  private static final long WARM_UP_NANOS = 2_000_000_000;

  private GuardRatios() {}

  /** Returns step of {@code coupled} / step of DJL's Adam, LeNet-300-100. */
  static double step(int depth, String mask) {
    Competitors competitors = new Competitors(TimedNetwork.LENET300);
    BitwiseOptimizer optimizer =
        BitwiseOptimizer.builder().bits(depth).mask(BitMask.parse(mask)).threads(1).build();
    try (Competitor ours = EngineTraining.ours("ours", TimedNetwork.LENET300.task(), optimizer);
        Competitor baseline = competitors.baseline()) {
      return ratio(ours::step, baseline::step, STEPS_PER_TURN);
    }
  }

  /** Returns update of one kind of tensor / update of another. */
  static double update(
      UpdateCase one, UpdateKernels kernels, UpdateCase other, UpdateKernels otherKernels) {
    UpdateBuffers buffers = UpdateBuffers.of(SMALL);
    try (ThreadTeam team = new ThreadTeam(1)) {
      CpuState left = one.create(SMALL, kernels, team);
      CpuState right = other.create(SMALL, otherKernels, team);
      return ratio(() -> update(left, buffers), () -> update(right, buffers), STEPS_PER_TURN);
    }
  }

  /** Returns bytes per second of a plain copy / those that an update moves. */
  static double copyToUpdate(UpdateCase one) {
    UpdateBuffers buffers = UpdateBuffers.of(LARGE);
    float[] source = new float[8 * LARGE];
    float[] target = new float[8 * LARGE];
    Arrays.fill(source, 1);
    double copied = 2.0 * Float.BYTES * source.length;
    try (ThreadTeam team = new ThreadTeam(1)) {
      CpuState state = one.create(LARGE, KernelChoice.chosen(), team);
      double moved = MemoryTraffic.of(state).movedBytes();
      double slower =
          ratio(
              () -> update(state, buffers),
              () -> System.arraycopy(source, 0, target, 0, source.length),
              1);
      return slower * copied / moved;
    }
  }

  private static void update(CpuState state, UpdateBuffers buffers) {
    state.step(0, buffers.gradient(), buffers.weight(), UpdateCase.RATE);
  }

  private static double ratio(Runnable one, Runnable other, int perTurn) {
    long warm = 0;
    while (warm < WARM_UP_NANOS) { // of processor time: the machine may be busy
      warm += CpuClock.nanos(one) + CpuClock.nanos(other);
    }
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ratios[round] = turn(one, perTurn) / turn(other, perTurn);
    }
    return Median.of(ratios);
  }

  private static double turn(Runnable work, int times) {
    double[] nanos = new double[times];
    for (int i = -1; i < times; i++) { // the first finds the other's data in the cache
      nanos[Math.max(0, i)] = CpuClock.nanos(work);
    }
    return Median.of(nanos);
  }
}
