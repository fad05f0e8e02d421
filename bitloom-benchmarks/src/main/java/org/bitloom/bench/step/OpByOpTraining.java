package org.bitloom.bench.step;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.kernel.MemoryTraffic;

/**
 * Trains dense layers bit by bit as one would write it in any framework: latents in tensors,
 * weights composed under autograd, DJL's Adam on every latent. It does what the rule {@code
 * independent} does.
 */
final class OpByOpTraining implements Competitor {
  private static final float EPS = 1e-7f;

  private final String name;
  private final NDManager manager = NDManager.newBaseManager();
  private final List<OpByOpLayer> layers = new ArrayList<>();
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final MadeUpBatch batch;
  private final Optimizer adam;
  private long engineNanos;
  private long updateNanos;

  /**
   * Draws the latents of its layers.
   *
   * @param starts a chain of dense layers without bias, ReLU between them
   * @param batch images per step
   */
  OpByOpTraining(String name, List<OpByOpLayer.Start> starts, int batch, float rate) {
    this.name = name;
    starts.forEach(start -> layers.add(new OpByOpLayer(manager, start)));
    Shape images = new Shape(batch, starts.get(0).shape().get(1));
    int classes = (int) starts.get(starts.size() - 1).shape().get(0);
    this.batch = new MadeUpBatch(manager, images, classes);
    adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(rate)).optEpsilon(EPS).build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step() {
    try (NDManager scope = manager.newSubManager()) {
      long begin = System.nanoTime();
      layers.forEach(layer -> layer.attach(scope));
      NDArray labels = batch.labels(scope);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = forward(batch.inputs(scope));
        collector.backward(loss.evaluate(new NDList(labels), new NDList(logits)));
      }
      long end = System.nanoTime();
      engineNanos += end - begin;
      layers.forEach(layer -> layer.update(adam));
      layers.forEach(layer -> layer.attach(manager));
      updateNanos += System.nanoTime() - end;
    }
  }

  private NDArray forward(NDArray inputs) {
    NDArray values = inputs;
    for (int layer = 0; layer < layers.size(); layer++) {
      NDArray active = layer == 0 ? values : Activation.relu(values);
      values = Linear.linear(active, layers.get(layer).compose()).singletonOrThrow();
    }
    return values;
  }

  List<OpByOpLayer> layers() {
    return layers;
  }

  @Override
  public long engineNanos() {
    return engineNanos;
  }

  @Override
  public long updateNanos() {
    return updateNanos;
  }

  /** Returns unknown bytes: they are spread over dozens of operations. */
  @Override
  public MemoryTraffic traffic() {
    return new MemoryTraffic(layers.stream().mapToLong(OpByOpLayer::size).sum(), 0, 0);
  }

  @Override
  public void close() {
    manager.close();
  }
}
