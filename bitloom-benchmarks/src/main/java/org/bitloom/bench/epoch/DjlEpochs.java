package org.bitloom.bench.epoch;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.function.Consumer;
import org.bitloom.bench.measure.HeapAllocation;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Networks;

/**
 * Trains float weights in the loop that the examples of DJL have: arrays in memory, its trainer,
 * its Adam, its listeners.
 *
 * @param data the images
 * @param batch samples per step
 */
record DjlEpochs(DataSet data, int batch) implements EpochCompetitor {
  private static final float RATE = 9e-4f;
  private static final int EVALUATION_BATCH = 100;
  private static final float WHITE = 255;
  private static final double NANO = 1e-9;

  @Override
  public String name() {
    return "float, plain DJL";
  }

  @Override
  public void train(int epochs, Consumer<EpochTimes> heard) throws IOException {
    try (Model model = Model.newInstance("plain", Device.cpu())) {
      model.setBlock(new GraphBlock(Networks.graph("lenet300", data.train())));
      ArrayDataset train = arrays(data.train(), batch, true, model.getNDManager());
      ArrayDataset test = arrays(data.test(), EVALUATION_BATCH, false, model.getNDManager());
      try (Trainer trainer = model.newTrainer(config())) {
        trainer.initialize(new Shape(1, 1, data.train().height(), data.train().width()));
        for (int epoch = 0; epoch < epochs; epoch++) {
          heard.accept(epoch(trainer, train, test));
        }
      }
    } catch (TranslateException e) {
      throw new IllegalStateException("the data set could not be read", e);
    }
  }

  private static DefaultTrainingConfig config() {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(RATE)).build())
        .addEvaluator(new Accuracy())
        .optDevices(new Device[] {Device.cpu()})
        .addTrainingListeners(TrainingListener.Defaults.basic());
  }

  private static ArrayDataset arrays(ImageSet images, int batch, boolean random, NDManager owner) {
    NDArray pixels =
        owner.zeros(new Shape(images.count(), images.channels(), images.height(), images.width()));
    FloatBuffer memory = pixels.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (byte pixel : images.pixels()) {
      memory.put((pixel & 0xff) / WHITE);
    }
    long[] labels = new long[images.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.labels()[i] & 0xff;
    }
    return new ArrayDataset.Builder()
        .setData(pixels)
        .optLabels(owner.create(labels))
        .setSampling(batch, random)
        .build();
  }

  private static EpochTimes epoch(Trainer trainer, ArrayDataset train, ArrayDataset test)
      throws IOException, TranslateException {
    HeapAllocation garbage = new HeapAllocation();
    long begin = System.nanoTime();
    long[] parts = train(trainer, train, garbage);
    long trained = System.nanoTime();
    for (Batch batch : trainer.iterateDataset(test)) {
      try (batch) {
        EasyTrain.validateBatch(trainer, batch);
      }
    }
    trainer.notifyListeners(listener -> listener.onEpoch(trainer));
    long end = System.nanoTime();
    return new EpochTimes(
        (end - begin) * NANO,
        parts[0] * NANO,
        parts[1] * NANO,
        parts[2] * NANO,
        (end - trained) * NANO,
        garbage.perStep(),
        trainer.getTrainingResult().getValidateEvaluation("Accuracy"));
  }

  /** Trains for an epoch and returns the times of data, engine and update. */
  private static long[] train(Trainer trainer, ArrayDataset train, HeapAllocation garbage)
      throws IOException, TranslateException {
    long[] parts = new long[3];
    long step = 0;
    long asked = System.nanoTime();
    Iterator<Batch> batches = trainer.iterateDataset(train).iterator();
    while (batches.hasNext()) {
      try (Batch batch = batches.next()) {
        long ready = System.nanoTime();
        EasyTrain.trainBatch(trainer, batch);
        long known = System.nanoTime();
        trainer.step();
        parts[0] += ready - asked;
        parts[1] += known - ready;
        parts[2] += System.nanoTime() - known;
      }
      if (step++ % 100 == 0) {
        garbage.note(step);
      }
      asked = System.nanoTime();
    }
    return parts;
  }
}
