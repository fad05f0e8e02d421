package org.bitloom.update;

import java.util.function.BiConsumer;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.UpdateKernels.Descent;

/** The training state of an ordinary float parameter: bias, batch norm, or the float baseline. */
final class FloatParameter extends TrainedParameter {
  private final Moments moments;
  private final Descent descent = new Descent();
  private final Method method;
  private float kept = 1;

  /** Creates the state of a parameter of {@code size} weights, moments at zero. */
  FloatParameter(String name, int size, Method method, UpdateKernels kernels) {
    super(name, size, kernels);
    this.method = method;
    this.moments = Moments.of(method, size);
  }

  @Override
  float steepest() {
    return 1;
  }

  @Override
  void prepare(long step, double rate) {
    moments.prepare(descent, step, rate, 0);
    kept = (float) (1 - rate * method.weightDecay());
  }

  @Override
  void move(Chunk chunk) {
    if (method.weightDecay() > 0) {
      decay(chunk);
    }
    moments.move(chunk.weight, 0, chunk.gradient, chunk, kernels(), descent);
  }

  private void decay(Chunk chunk) {
    if (method instanceof Method.Adam) {
      kernels().shrinkWeights(chunk, kept);
    } else {
      kernels().decayGradients(chunk, (float) method.weightDecay());
    }
  }

  @Override
  void visit(BiConsumer<String, Object> arrays) {
    super.visit(arrays);
    moments.visit("float", arrays);
  }
}
