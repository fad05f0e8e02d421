package org.bitloom.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.SplittableRandom;
import org.bitloom.network.Networks;
import org.bitloom.optimizer.BitwiseOptimizer;

/** A network in training, on one batch of made-up images. */
final class Competitor implements AutoCloseable {
  private static final int CLASSES = 10;

  private final String name;
  private final Model model;
  private final Trainer trainer;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final NDArray inputs;
  private final NDArray labels;

  /**
   * Readies a network for training.
   *
   * @param images {@code [batch, channels, height, width]}
   */
  Competitor(String name, String network, Shape images, Optimizer optimizer) {
    this.name = name;
    int batch = (int) images.get(0);
    model = Model.newInstance(name, Device.cpu());
    model.setBlock(Networks.build(network, CLASSES));
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(images);
    if (optimizer instanceof BitwiseOptimizer bitwise) {
      bitwise.attach(model.getBlock());
    }
    NDManager manager = model.getNDManager();
    SplittableRandom random = new SplittableRandom(1);
    float[] pixels = new float[(int) images.size()];
    long[] classes = new long[batch];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (2 * random.nextDouble() - 1);
    }
    for (int i = 0; i < batch; i++) {
      classes[i] = random.nextInt(CLASSES);
    }
    inputs = manager.create(pixels, images);
    labels = manager.create(classes, new Shape(batch)).toType(DataType.INT64, false);
  }

  String name() {
    return name;
  }

  /** Takes one whole step: forward, backward, update. */
  void step() {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDArray batch = inputs.duplicate();
      NDArray expected = labels.duplicate();
      batch.attach(scope);
      expected.attach(scope);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(new NDList(batch));
        collector.backward(loss.evaluate(new NDList(expected), logits));
      }
      trainer.step();
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
