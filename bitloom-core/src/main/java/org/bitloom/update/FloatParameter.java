package org.bitloom.update;

import java.util.function.BiConsumer;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.UpdateKernels.Descent;

/** The training state of an ordinary float parameter: bias, batch norm, or the float baseline. */
final class FloatParameter extends TrainedParameter {
  private final Moments moments;
  private final Descent descent = new Descent();

  /** Creates the state of a parameter of {@code size} weights, moments at zero. */
  FloatParameter(String name, int size, Method method, UpdateKernels kernels) {
    super(name, size, kernels);
    this.moments = Moments.of(method, size);
  }

  @Override
  float steepest() {
    return 1;
  }

  @Override
  void prepare(long step, double rate) {
    moments.prepare(descent, step, rate, 0);
  }

  @Override
  void move(Chunk chunk) {
    moments.move(chunk.weight, 0, chunk.gradient, chunk, kernels(), descent);
  }

  @Override
  void visit(BiConsumer<String, Object> arrays) {
    super.visit(arrays);
    moments.visit("float", arrays);
  }
}
