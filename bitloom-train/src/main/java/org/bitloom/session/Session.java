package org.bitloom.session;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.data.ImageSet;
import org.bitloom.graph.Graph;
import org.bitloom.model.ModelTensor;
import org.bitloom.network.GraphBlock;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.script.ScriptBlock;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.NativeFloats;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.session.batch.RefusedBatchException;
import org.bitloom.session.engine.DeviceFailure;
import org.bitloom.session.engine.Devices;
import org.bitloom.update.StateBackend;

/** A network on the engine with its state of training; owns all its native memory. */
public final class Session implements AutoCloseable {
  private final LoadedNetwork network;
  private final BitwiseOptimizer optimizer;
  private final Execution execution;
  private final WeightBits bits;
  private final Optional<Device> device;
  private boolean hostIsOld;

  /**
   * What some steps saw.
   *
   * @param lossSum sum of the losses of the samples
   * @param correct samples whose largest output was the label
   * @param samples seen
   */
  public record Seen(double lossSum, long correct, long samples) {
    static final Seen NOTHING = new Seen(0, 0, 0);

    Seen and(double loss, long right, long count) {
      return new Seen(lossSum + loss, correct + right, samples + count);
    }
  }

  /** Takes over both; they are closed also when this fails. */
  private Session(
      LoadedNetwork network,
      BitwiseOptimizer optimizer,
      InitialWeights weights,
      Optional<Device> device) {
    this.network = network;
    this.optimizer = optimizer;
    this.device = device;
    Execution opened = null;
    try {
      weights.fill(network.parameters());
      opened =
          device.isPresent()
              ? new DeviceExecution(network, optimizer, graph(network), device.get())
              : new HostExecution(network, optimizer);
      execution = opened;
      bits = new WeightBits(this);
    } catch (RuntimeException | Error e) {
      if (opened != null) {
        opened.close();
      }
      closeNetwork();
      throw e;
    }
  }

  private static Graph graph(LoadedNetwork network) {
    if (network.block() instanceof GraphBlock block) {
      return block.graph();
    }
    throw new IllegalStateException("only a network with a graph can be moved to a device");
  }

  /**
   * Loads a network and gives it what it begins with. Whatever fails, nothing stays behind.
   *
   * @param network that is not yet initialized; it is closed if it can be closed
   * @param optimizer builds the one that trains it
   * @param seed of what the engine draws
   * @param device of the engine where it is trained by programs; empty = on the processor, with the
   *     kernels in Java
   */
  static Session open(
      Block network,
      ImageSet images,
      BitwiseOptimizer.Builder optimizer,
      long seed,
      InitialWeights weights,
      Optional<Device> device) {
    LoadedNetwork loaded = new LoadedNetwork(network, images, seed);
    BitwiseOptimizer built;
    try {
      built = optimizer.build();
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
    return new Session(loaded, built, weights, device);
  }

  /** Returns all parameters of the network by name, in layer order, with their values now. */
  Map<String, Parameter> parameters() {
    refresh();
    return network.parameters();
  }

  private void refresh() {
    if (hostIsOld) {
      execution.toHost();
      hostIsOld = false;
    }
  }

  /** Returns the state of the trained parameters, in layer order. */
  public StateBackend<?> state() {
    return execution.state();
  }

  /** Returns the network if it is the user's own module, which has buffers beside parameters. */
  Optional<ScriptBlock> script() {
    return network.script();
  }

  /** Returns what the network computes; empty = only its module knows. */
  Optional<Graph> graph() {
    return network.block() instanceof GraphBlock block
        ? Optional.of(block.graph())
        : Optional.empty();
  }

  /** Returns the network as a block, with the values of its parameters now. */
  Block block() {
    refresh();
    return network.block();
  }

  /** Returns what counts the bits that change from epoch to epoch. */
  public WeightBits bits() {
    return bits;
  }

  /** Returns all parameters as values, with their bits if they have any. */
  List<ModelTensor> tensors() {
    return optimizer.tensors(block());
  }

  /** Returns where it computes: {@code cpu}, or {@code gpu0} with the name of the GPU. */
  public String device() {
    return Devices.describe(device);
  }

  /**
   * Returns an error as the user shall hear of it: if a device ran out of memory or failed, in
   * those words, else as it is.
   *
   * @param batch images of a step
   */
  public RuntimeException explained(RuntimeException error, int batch) {
    return DeviceFailure.training(error, device(), batch);
  }

  /** Returns the time spent in updates since the session began. */
  public long updateNanos() {
    return execution.updateNanos();
  }

  /** Returns the names of all parameters, in layer order; a copy. */
  public List<String> names() {
    return new ArrayList<>(network.parameters().keySet());
  }

  /** Returns a copy of the values of a parameter. */
  public float[] values(String name) {
    return parameters().get(name).getArray().toFloatArray();
  }

  /** Replaces values of parameters, by name; those of others stay. */
  public void fill(Map<String, float[]> values) {
    refresh();
    values.forEach(
        (name, own) -> NativeFloats.of(network.parameters().get(name).getArray()).put(own));
    execution.fromHost();
    execution.compose();
    hostIsOld = true;
  }

  /** Returns the buffers of a user's own module that training changed, by name; else none. */
  public Map<String, byte[]> changedBuffers() {
    return script().map(ScriptBlock::changedBuffers).orElse(Map.of());
  }

  /** Prepares the batches of a pass over samples, for {@link #step}. */
  public Prefetch prefetch(ImageFeed feed, int batchSize) {
    return execution.prefetch(feed, batchSize);
  }

  /**
   * Trains on one batch.
   *
   * @param seed of the engine's own random numbers in this step, such as dropout
   * @throws RefusedBatchException if the network cannot compute the batch
   */
  public void step(Batch batch, int seed) {
    hostIsOld = true;
    try {
      execution.step(batch, seed);
    } catch (EngineException e) {
      throw new RefusedBatchException(e);
    }
  }

  /**
   * Waits for all steps, and returns what they saw since this was called last.
   *
   * @throws org.bitloom.update.NonFiniteGradientException if a step on a device got a gradient that
   *     cannot be used
   */
  public Seen seen() {
    return execution.seen();
  }

  /** Says whether {@link #seen} costs nothing, so that every step may be looked at. */
  public boolean seesEveryStep() {
    return execution.seesEveryStep();
  }

  /** Evaluates all samples of {@code order}. */
  public Evaluation evaluate(ImageFeed feed, int[] order) {
    return execution.evaluate(feed, order);
  }

  /** Returns the indices 0..count-1. */
  public static int[] everySample(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private void closeNetwork() {
    try {
      network.close();
    } finally {
      optimizer.close();
    }
  }

  @Override
  public void close() {
    try {
      execution.close();
    } finally {
      closeNetwork();
    }
  }
}
