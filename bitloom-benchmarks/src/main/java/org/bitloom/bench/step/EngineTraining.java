package org.bitloom.bench.step;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.Optional;
import org.bitloom.bench.kernel.MemoryTraffic;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.optimizer.LentParameters;
import org.bitloom.update.StateBackend;

/**
 * Trains a block: in DJL's trainer by DJL's own Adam on floats, or as a run of bitloom does, by a
 * {@link BitwiseOptimizer} on parameters lent for a step. Both compute the loss by DJL.
 */
public final class EngineTraining implements Competitor {
  private final String name;
  private final Model model;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final MadeUpBatch batch;
  private final Update update;
  private final Optional<StateBackend<?>> state;
  private final MemoryTraffic traffic;
  private long engineNanos;

  /**
   * What is trained.
   *
   * @param block not yet initialized
   * @param images {@code [batch, ...]}
   * @param classes that the block tells apart
   */
  public record Task(Block block, Shape images, int classes) {}

  /** How weights reach the engine and how they are moved. */
  private interface Update extends AutoCloseable {
    NDList forward(NDList images, NDManager scope);

    void step();

    long nanos();

    @Override
    void close();
  }

  private record ByTrainer(Trainer trainer, TimedOptimizer timed) implements Update {
    @Override
    public NDList forward(NDList images, NDManager scope) {
      return trainer.forward(images);
    }

    @Override
    public void step() {
      trainer.step();
    }

    @Override
    public long nanos() {
      return timed.nanos();
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  private record ByLending(Block block, LentParameters lent, BitwiseOptimizer optimizer)
      implements Update {
    @Override
    public NDList forward(NDList images, NDManager scope) {
      lent.begin(scope);
      return block.forward(lent, images, true);
    }

    @Override
    public void step() {
      lent.update();
    }

    @Override
    public long nanos() {
      return optimizer.updateNanos();
    }

    @Override
    public void close() {
      optimizer.close();
    }
  }

  /** Readies a block for DJL's Adam. */
  public static EngineTraining djlAdam(String name, Task task, Optimizer adam) {
    return djlAdam(name, task, adam, Device.cpu());
  }

  /** Readies a block for DJL's Adam on a device. */
  public static EngineTraining djlAdam(String name, Task task, Optimizer adam, Device device) {
    TimedOptimizer timed = new TimedOptimizer(adam);
    Model model = model(name, task, device);
    Trainer trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(timed)
                .optDevices(new Device[] {device}));
    trainer.initialize(task.images());
    return new EngineTraining(model, task, new ByTrainer(trainer, timed), Optional.empty());
  }

  /** Readies a block for an optimizer of ours, which is closed with this. */
  public static EngineTraining ours(String name, Task task, BitwiseOptimizer optimizer) {
    Model model = model(name, task, Device.cpu());
    NDManager manager = model.getNDManager();
    task.block().initialize(manager, DataType.FLOAT32, task.images());
    StateBackend<?> state = optimizer.attach(task.block());
    LentParameters lent = new LentParameters(task.block(), optimizer, manager);
    return new EngineTraining(
        model, task, new ByLending(task.block(), lent, optimizer), Optional.of(state));
  }

  private static Model model(String name, Task task, Device device) {
    Model model = Model.newInstance(name, device);
    model.setBlock(task.block());
    return model;
  }

  private EngineTraining(Model model, Task task, Update update, Optional<StateBackend<?>> state) {
    this.name = model.getName();
    this.model = model;
    this.update = update;
    this.state = state;
    batch = new MadeUpBatch(model.getNDManager(), task.images(), task.classes());
    traffic = state.isEmpty() ? MemoryTraffic.ofLeanAdam(weights()) : MemoryTraffic.of(state.get());
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
    NDManager manager = model.getNDManager();
    try (NDManager scope = manager.newSubManager()) {
      long begin = System.nanoTime();
      NDList images = new NDList(batch.inputs(scope));
      NDList labels = new NDList(batch.labels(scope));
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        collector.backward(loss.evaluate(labels, update.forward(images, scope)));
      }
      engineNanos += System.nanoTime() - begin;
      update.step();
    }
  }

  /** Takes the update alone once more, by the gradients of the last step; DJL's trainer only. */
  public void update() {
    update.step();
  }

  @Override
  public long engineNanos() {
    return engineNanos;
  }

  @Override
  public long updateNanos() {
    return update.nanos();
  }

  @Override
  public MemoryTraffic traffic() {
    return traffic;
  }

  /** Returns the state that our optimizer trains. */
  StateBackend<?> state() {
    return state.orElseThrow();
  }

  @Override
  public void close() {
    update.close();
    model.close();
  }
}
