package org.bitloom.bench.step;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;

/** Passes every update on to another optimizer and adds up the time it takes. */
final class TimedOptimizer extends Optimizer {
  private final Optimizer timed;
  private long nanos;

  private static final class NoSettings extends OptimizerBuilder<NoSettings> {
    @Override
    protected NoSettings self() {
      return this;
    }
  }

  TimedOptimizer(Optimizer timed) {
    super(new NoSettings());
    this.timed = timed;
  }

  @Override
  public void update(String parameterId, NDArray weight, NDArray gradient) {
    long begin = System.nanoTime();
    timed.update(parameterId, weight, gradient);
    nanos += System.nanoTime() - begin;
  }

  /** Returns the time of all updates so far. */
  long nanos() {
    return nanos;
  }
}
