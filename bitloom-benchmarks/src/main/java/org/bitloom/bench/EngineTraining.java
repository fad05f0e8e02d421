package org.bitloom.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.List;
import java.util.function.LongSupplier;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.update.TrainedParameter;

/** Trains a block in DJL's trainer, by its own Adam on floats or by a {@link BitwiseOptimizer}. */
final class EngineTraining implements Competitor {
  private final String name;
  private final Model model;
  private final Trainer trainer;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final MadeUpBatch batch;
  private final AutoCloseable optimizer;
  private final LongSupplier updateNanos;
  private final List<TrainedParameter> attached;
  private final Traffic traffic;
  private long engineNanos;

  /**
   * What is trained.
   *
   * @param block not yet initialized
   * @param images {@code [batch, ...]}
   * @param classes that the block tells apart
   */
  record Task(Block block, Shape images, int classes) {}

  private EngineTraining(String name, Task task, Optimizer optimizer, LongSupplier updateNanos) {
    this.name = name;
    this.updateNanos = updateNanos;
    this.optimizer = optimizer instanceof BitwiseOptimizer bitwise ? bitwise : () -> {};
    model = Model.newInstance(name, Device.cpu());
    model.setBlock(task.block());
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(task.images());
    batch = new MadeUpBatch(model.getNDManager(), task.images(), task.classes());
    attached =
        optimizer instanceof BitwiseOptimizer bitwise ? bitwise.attach(task.block()) : List.of();
    traffic = attached.isEmpty() ? Traffic.ofLeanAdam(weights()) : Traffic.of(attached);
  }

  /** Readies a block for DJL's Adam. */
  static EngineTraining djlAdam(String name, Task task, Optimizer adam) {
    TimedOptimizer timed = new TimedOptimizer(adam);
    return new EngineTraining(name, task, timed, timed::nanos);
  }

  /** Readies a block for an optimizer of ours, which is closed with this. */
  static EngineTraining ours(String name, Task task, BitwiseOptimizer optimizer) {
    return new EngineTraining(name, task, optimizer, optimizer::updateNanos);
  }

  private long weights() {
    return model.getBlock().getParameters().values().stream()
        .filter(parameter -> parameter.requiresGradient())
        .mapToLong(parameter -> parameter.getArray().size())
        .sum();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step() {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      long begin = System.nanoTime();
      NDList images = new NDList(batch.inputs(scope));
      NDList labels = new NDList(batch.labels(scope));
      try (GradientCollector collector = trainer.newGradientCollector()) {
        collector.backward(loss.evaluate(labels, trainer.forward(images)));
      }
      engineNanos += System.nanoTime() - begin;
      trainer.step();
    }
  }

  @Override
  public long engineNanos() {
    return engineNanos;
  }

  @Override
  public long updateNanos() {
    return updateNanos.getAsLong();
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  /** Returns the states that our optimizer trains, in the order of the block; else none. */
  List<TrainedParameter> attached() {
    return attached;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    try {
      optimizer.close();
    } catch (Exception e) {
      throw new IllegalStateException("the optimizer must close without failure", e);
    }
  }
}
