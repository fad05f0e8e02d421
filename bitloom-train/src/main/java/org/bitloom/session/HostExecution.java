package org.bitloom.session;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.optimizer.LentParameters;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.CrossEntropy;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.update.StateBackend;

/** Computes on the processor, with the kernels of the update in Java. */
final class HostExecution implements Execution {
  private final LoadedNetwork network;
  private final BitwiseOptimizer optimizer;
  private final StateBackend<?> state;
  private final LentParameters lent;
  private final CrossEntropy loss = new CrossEntropy();
  private Session.Seen seen = Session.Seen.NOTHING;

  HostExecution(LoadedNetwork network, BitwiseOptimizer optimizer) {
    this.network = network;
    this.optimizer = optimizer;
    state = optimizer.attach(network.block());
    lent = new LentParameters(network.block(), optimizer, network.manager());
  }

  @Override
  public StateBackend<?> state() {
    return state;
  }

  @Override
  public void step(Batch batch, int seed) {
    Engine.getInstance().setRandomSeed(seed);
    try (NDManager scope = network.manager().newSubManager()) {
      lent.begin(scope);
      JniUtils.setGradMode(true);
      NDArray logits;
      NDArray logarithms;
      try {
        logits = network.forward(batch, lent, true, scope);
        logarithms = CrossEntropy.logarithms(logits);
        loss.backward(logarithms, batch);
      } finally {
        JniUtils.setGradMode(false);
      }
      double mean = CrossEntropy.mean(logarithms, batch);
      seen = seen.and(mean * batch.count(), batch.correct(logits), batch.count());
      if (Double.isFinite(mean)) {
        lent.update();
      }
    }
  }

  @Override
  public Session.Seen seen() {
    Session.Seen now = seen;
    seen = Session.Seen.NOTHING;
    return now;
  }

  @Override
  public boolean seesEveryStep() {
    return true;
  }

  @Override
  public Prefetch prefetch(ImageFeed feed, int batchSize) {
    return new Prefetch(feed, batchSize);
  }

  @Override
  public Evaluation evaluate(ImageFeed feed, int[] order) {
    return network.evaluate(feed, order);
  }

  @Override
  public void toHost() {}

  @Override
  public void fromHost() {}

  @Override
  public void compose() {
    optimizer.compose(network.block());
  }

  @Override
  public long updateNanos() {
    return optimizer.updateNanos();
  }

  @Override
  public void close() {}
}
