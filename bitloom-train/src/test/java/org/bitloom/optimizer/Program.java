package org.bitloom.optimizer;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A DJL program as others write it: a small network, a data set in memory, a loop of batches. */
final class Program implements AutoCloseable {
  static final int SIDE = 6;
  static final int CLASSES = 3;
  static final int SAMPLES = 90;
  static final int BATCH = 30;

  private final Model model = Model.newInstance("program", Device.cpu());
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final Trainer trainer;
  private final float[] images = new float[SAMPLES * SIDE * SIDE];
  private final long[] labels = new long[SAMPLES];

  /** Initializes the network and the trainer; the values of all floats follow from one seed. */
  Program(Block network, Optimizer optimizer) {
    Engine.getInstance().setRandomSeed(1);
    model.setBlock(network);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(new Shape(BATCH, 1, SIDE, SIDE));
    SplittableRandom random = new SplittableRandom(5);
    float[] pictures = new float[CLASSES * SIDE * SIDE];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (float) (2 * random.nextDouble() - 1);
    }
    for (int sample = 0; sample < SAMPLES; sample++) {
      labels[sample] = sample % CLASSES;
      for (int i = 0; i < SIDE * SIDE; i++) {
        double noise = 2 * random.nextDouble() - 1;
        images[sample * SIDE * SIDE + i] =
            (float) (pictures[(int) labels[sample] * SIDE * SIDE + i] + noise);
      }
    }
  }

  /** Convolution with bias, batch norm, dense layer with bias. */
  static SequentialBlock convolutional() {
    return new SequentialBlock()
        .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(6).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /** One dense layer without bias. */
  static SequentialBlock dense() {
    return new SequentialBlock()
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(CLASSES).optBias(false).build());
  }

  Block network() {
    return model.getBlock();
  }

  Trainer trainer() {
    return trainer;
  }

  NDManager manager() {
    return model.getNDManager();
  }

  /** Trains as the examples of DJL do. */
  void train(int epochs) throws IOException, TranslateException {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(scope.create(images, new Shape(SAMPLES, 1, SIDE, SIDE)))
              .optLabels(scope.create(labels))
              .setSampling(BATCH, false)
              .build();
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (Batch batch : trainer.iterateDataset(data)) {
          try (batch) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
          }
        }
      }
    }
  }

  /** Runs forward and backward over the first batch, every input times a factor. */
  float backward(float factor) {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      float[] inputs = new float[BATCH * SIDE * SIDE];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = factor * images[i];
      }
      long[] wanted = new long[BATCH];
      System.arraycopy(labels, 0, wanted, 0, BATCH);
      NDArray batch = scope.create(inputs, new Shape(BATCH, 1, SIDE, SIDE));
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList outputs = trainer.forward(new NDList(batch));
        NDArray value = loss.evaluate(new NDList(scope.create(wanted)), outputs);
        collector.backward(value);
        return value.getFloat();
      }
    }
  }

  /** Runs forward, backward and the update over the first batch. */
  float step() {
    float seen = backward(1);
    trainer.step();
    return seen;
  }

  /** Returns the share of all samples that the network gets right. */
  double accuracy() {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDArray all = scope.create(images, new Shape(SAMPLES, 1, SIDE, SIDE));
      NDArray outputs = trainer.evaluate(new NDList(all)).singletonOrThrow();
      long[] chosen = outputs.argMax(1).toLongArray();
      int right = 0;
      for (int i = 0; i < SAMPLES; i++) {
        right += chosen[i] == labels[i] ? 1 : 0;
      }
      return (double) right / SAMPLES;
    }
  }

  /** Returns copies of all parameters by name. */
  Map<String, float[]> values() {
    Map<String, float[]> values = new LinkedHashMap<>();
    model.getBlock().getParameters().forEach(p -> values.put(p.getKey(), values(p.getValue())));
    return values;
  }

  private static float[] values(Parameter parameter) {
    return parameter.getArray().toFloatArray();
  }

  /** Returns copies of the gradients of all parameters that have one, by name. */
  Map<String, float[]> gradients() {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    model
        .getBlock()
        .getParameters()
        .forEach(
            named -> {
              if (named.getValue().requiresGradient()) {
                try (NDArray gradient = named.getValue().getArray().getGradient()) {
                  gradients.put(named.getKey(), gradient.toFloatArray());
                }
              }
            });
    return gradients;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
