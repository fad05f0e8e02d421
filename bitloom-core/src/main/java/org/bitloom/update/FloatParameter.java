package org.bitloom.update;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.UpdateKernels.Descent;
import org.bitloom.update.kernel.Workers;

/** The training state of an ordinary float parameter: bias, batch norm, or the float baseline. */
public final class FloatParameter implements TrainedParameter {
  private final String name;
  private final int size;
  private final Moments moments;
  private final UpdateKernels kernels;
  private final long[] steps = new long[1];

  /** Creates the state of a parameter of {@code size} weights, moments at zero. */
  public FloatParameter(String name, int size, Method method, UpdateKernels kernels) {
    this.name = name;
    this.size = size;
    this.moments = Moments.of(method, size);
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long steps() {
    return steps[0];
  }

  @Override
  public void step(FloatBuffer gradient, FloatBuffer weight, double rate, Workers workers) {
    StepInput.check(this, gradient, weight, rate);
    requireFinite(this, steps[0] + 1, gradient, kernels, workers);
    steps[0]++;
    Descent descent = moments.descent(new Moments.Step(steps[0], rate, 0), 0);
    workers.run(
        size,
        chunk -> {
          gradient.get(chunk.from, chunk.gradient, 0, chunk.count);
          weight.get(chunk.from, chunk.weight, 0, chunk.count);
          moments.move(chunk.weight, 0, chunk.gradient, chunk, kernels, descent);
          weight.put(chunk.from, chunk.weight, 0, chunk.count);
        });
  }

  /** Throws unless every gradient is finite. */
  static void requireFinite(
      TrainedParameter tensor,
      long step,
      FloatBuffer gradient,
      UpdateKernels kernels,
      Workers workers) {
    AtomicBoolean finite = new AtomicBoolean(true);
    workers.run(
        tensor.size(),
        chunk -> {
          gradient.get(chunk.from, chunk.gradient, 0, chunk.count);
          if (!kernels.allFinite(chunk.gradient, 0, chunk.count)) {
            finite.set(false);
          }
        });
    if (!finite.get()) {
      throw new NonFiniteGradientException(tensor.name(), step);
    }
  }

  @Override
  public void visit(StateVisitor visitor) {
    visitor.longs("steps", steps);
    moments.visit("float", visitor);
  }
}
