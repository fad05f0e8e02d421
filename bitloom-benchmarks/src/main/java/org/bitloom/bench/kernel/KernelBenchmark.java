package org.bitloom.bench.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bitloom.update.CpuState;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Times the update alone of as many weights as LeNet-300-100 has, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = KernelBenchmark.PROCESSES,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class KernelBenchmark {
  static final int WEIGHTS = 266_200;

  /** The JIT compiler decides anew in each: the spread between them is part of the error. */
  static final int PROCESSES = 3;

  /** Which twin. */
  @Param({"scalar", "vector"})
  public String kernels;

  /** Depth and mask. */
  @Param({"2:all", "6:top3", "6:all", "32:top3", "32:all"})
  public String layout;

  /** The rule. */
  @Param({"coupled", "independent"})
  public String rule;

  private ThreadTeam team;
  private CpuState state;
  private FloatBuffer gradient;
  private FloatBuffer weight;

  /** Makes the parameter and its gradient. */
  @Setup(Level.Trial)
  public void setUp() {
    String[] parts = layout.split(":", 2);
    var what = new UpdateCase(UpdateRule.parse(rule), Integer.parseInt(parts[0]), parts[1]);
    var twin = kernels.equals("vector") ? KernelChoice.vector() : KernelChoice.scalar();
    team = new ThreadTeam(1);
    state = what.create(WEIGHTS, twin, team);
    gradient = direct();
    weight = direct();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < WEIGHTS; i++) {
      gradient.put(i, (float) (1e-4 * (random.nextDouble() - 0.5)));
    }
    state.compose(List.of(weight));
  }

  private static FloatBuffer direct() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(WEIGHTS * Float.BYTES);
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Takes one step. */
  @Benchmark
  public FloatBuffer step() {
    state.step(0, gradient, weight, 1e-6);
    return weight;
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    team.close();
  }
}
