package org.bitloom.bench.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bitloom.bits.BitMask;
import org.bitloom.update.BitwiseParameter;
import org.bitloom.update.Method;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.Workers;
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

  private static final int FAN_IN = 784;

  /** Which twin. */
  @Param({"scalar", "vector"})
  public String kernels;

  /** Depth and mask. */
  @Param({"2:all", "6:top3", "6:all", "32:top3", "32:all"})
  public String layout;

  /** The rule. */
  @Param({"coupled", "independent"})
  public String rule;

  private Workers workers;
  private BitwiseParameter parameter;
  private FloatBuffer gradient;
  private FloatBuffer weight;

  /** Makes the parameter and its gradient. */
  @Setup(Level.Trial)
  public void setUp() {
    String[] parts = layout.split(":", 2);
    var training =
        new BitwiseParameter.Training(
            BitMask.parse(parts[1]).at(Integer.parseInt(parts[0])),
            UpdateRule.parse(rule),
            Method.adam(),
            0);
    var twin = kernels.equals("vector") ? KernelChoice.vector() : KernelChoice.scalar();
    workers = new Workers(1);
    parameter = new BitwiseParameter("bench", WEIGHTS, FAN_IN, training, twin, 1);
    gradient = direct();
    weight = direct();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < WEIGHTS; i++) {
      gradient.put(i, (float) (1e-4 * (random.nextDouble() - 0.5)));
    }
    parameter.weights(weight, workers);
  }

  private static FloatBuffer direct() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(WEIGHTS * Float.BYTES);
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Takes one step. */
  @Benchmark
  public FloatBuffer step() {
    parameter.step(gradient, weight, 1e-6, workers);
    return weight;
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    workers.close();
  }
}
