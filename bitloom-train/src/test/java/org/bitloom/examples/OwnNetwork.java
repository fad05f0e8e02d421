package org.bitloom.examples;

import ai.djl.Model;
import ai.djl.engine.Engine;
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
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.LayerRule;
import org.bitloom.optimizer.BitwiseOptimizer;

/**
 * Trains a network of one's own bit by bit: a DJL program like any other, but for its optimizer.
 *
 * <p>The network is a small separable one, with biases; docs/own-network.md walks through it.
 */
final class OwnNetwork {
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

  /**
   * Trains a block on images and returns its accuracy on others, 0..1.
   *
   * @param input shape of a batch of one image, {@code [1, channels, height, width]}
   */
  static float train(Block block, Shape input, BitwiseOptimizer optimizer, Dataset[] trainAndTest)
      throws IOException, TranslateException {
    TrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .addEvaluator(new Accuracy())
            .addTrainingListeners(TrainingListener.Defaults.basic())
            .optOptimizer(optimizer);
    Engine.getInstance().setRandomSeed(1);
    try (Model model = Model.newInstance("own")) {
      model.setBlock(block);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(input);
        optimizer.attach(block); // gives the weights their first bits
        EasyTrain.fit(trainer, 8, trainAndTest[0], trainAndTest[1]);
        return trainer.getTrainingResult().getValidateEvaluation("Accuracy");
      }
    }
  }
}
