package com.example;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.LayerRule;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.optimizer.BlockWeights;

/**
 * Trains a network of one's own bit by bit, saves it, and loads it into a fresh block: a DJL
 * program like any other, but for its optimizer.
 *
 * <p>The network is a small separable one, with biases; docs/own-network.md walks through it.
 */
final class OwnNetwork {
  private static final Shape INPUT = new Shape(1, 1, Figures.SIDE, Figures.SIDE);

  private OwnNetwork() {}

  /** Builds the network for grey images: convolution, depthwise and pointwise one, dense layer. */
  static SequentialBlock block(int classes) {
    return new SequentialBlock()
        .add(conv(8, 3, 1))
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(conv(8, 3, 8)) // depthwise: as many groups as channels
        .add(conv(16, 1, 1)) // pointwise: mixes the channels
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Pool.globalMaxPool2dBlock())
        .add(Linear.builder().setUnits(classes).build());
  }

  private static Block conv(int filters, int side, int groups) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(side, side))
        .optPadding(new Shape(side / 2, side / 2))
        .optGroups(groups)
        .optBias(true)
        .build();
  }

  /** Trains all weights at depth 6, top three bits, but those of the last layer at 8 bits. */
  static BitwiseOptimizer optimizer(long seed) {
    return BitwiseOptimizer.builder()
        .bits(6)
        .mask(BitMask.top(3))
        .layer(LayerRule.bits("last", 8, BitMask.all()))
        .learningRate(0.01f)
        .seed(seed)
        .build();
  }

  /** Trains the block of a model on images and returns its accuracy on others, 0..1. */
  static float train(
      Model model, BitwiseOptimizer optimizer, ArrayDataset images, ArrayDataset others)
      throws IOException, TranslateException {
    TrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .addEvaluator(new Accuracy())
            .addTrainingListeners(TrainingListener.Defaults.basic())
            .optOptimizer(optimizer);
    Engine.getInstance().setRandomSeed(1);
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(INPUT);
      optimizer.attach(model.getBlock()); // gives the weights their first bits
      EasyTrain.fit(trainer, 8, images, others);
      return trainer.getTrainingResult().getValidateEvaluation("Accuracy");
    }
  }

  /** Writes what was trained: bits, floats, what goes in, what comes out, where it came from. */
  static void save(Block trained, BitwiseOptimizer optimizer, Path file) throws IOException {
    List<Integer> image = List.of(1, Figures.SIDE, Figures.SIDE);
    Normalization none = Normalization.none(Figures.SIDE * Figures.SIDE);
    Task task = new Task(image, none, Figures.CLASSES.size(), Figures.CLASSES);
    BitModel model = optimizer.model(trained, Architecture.opaque("figures"), task);
    ModelFile.write(file, model);
  }

  /** Builds the network again and gives it the saved weights; the manager owns them. */
  static Block load(Path file, NDManager manager) throws IOException {
    BitModel model = ModelFile.read(file);
    Block block = block(model.classes());
    block.initialize(manager, DataType.FLOAT32, INPUT);
    BlockWeights.load(model, block);
    return block;
  }

  /** Returns the class of each image. */
  static long[] classify(Block block, NDArray images) {
    NDList inputs = new NDList(images);
    ParameterStore store = new ParameterStore(images.getManager(), false);
    return block.forward(store, inputs, false).singletonOrThrow().argMax(1).toLongArray();
  }

  /** Trains, saves, loads and compares; the file is {@code args[0]}. */
  public static void main(String[] args) throws IOException, TranslateException {
    Path file = Path.of(args.length == 0 ? "figures.safetensors" : args[0]);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Model model = Model.newInstance("figures", Device.cpu());
        BitwiseOptimizer optimizer = optimizer(1)) {
      ArrayDataset images = Figures.draw(manager, 400, 10);
      ArrayDataset others = Figures.draw(manager, 200, 11);
      model.setBlock(block(Figures.CLASSES.size()));
      System.out.printf("accuracy %.3f%n", train(model, optimizer, images, others));
      save(model.getBlock(), optimizer, file);

      NDArray unseen = Figures.pictures(manager, 100, 12);
      long[] expected = classify(model.getBlock(), unseen);
      long[] found = classify(load(file, manager), unseen);
      System.out.println(Arrays.equals(expected, found) ? "same predictions" : "OTHER predictions");
    }
  }
}
