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

/** A network in training, on one batch of made-up images of MNIST's shape. */
final class Competitor implements AutoCloseable {
  private static final int CLASSES = 10;
  private static final int PIXELS = 784;

  private final String name;
  private final Model model;
  private final Trainer trainer;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final NDArray inputs;
  private final NDArray labels;

  Competitor(String name, Optimizer optimizer, int batch) {
    this.name = name;
    model = Model.newInstance(name, Device.cpu());
    model.setBlock(Networks.build("lenet300", CLASSES));
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(new Shape(1, PIXELS));
    if (optimizer instanceof BitwiseOptimizer bitwise) {
      bitwise.attach(model.getBlock());
    }
    NDManager manager = model.getNDManager();
    SplittableRandom random = new SplittableRandom(1);
    float[] pixels = new float[batch * PIXELS];
    long[] classes = new long[batch];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (2 * random.nextDouble() - 1);
    }
    for (int i = 0; i < batch; i++) {
      classes[i] = random.nextInt(CLASSES);
    }
    inputs = manager.create(pixels, new Shape(batch, PIXELS));
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
