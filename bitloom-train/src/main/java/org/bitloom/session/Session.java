package org.bitloom.session;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
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
import org.bitloom.optimizer.LentParameters;
import org.bitloom.script.ScriptBlock;
import org.bitloom.update.StateBackend;

/** A network on the engine with its state of training; owns all its native memory. */
public final class Session implements AutoCloseable {
  private final LoadedNetwork network;
  private final BitwiseOptimizer optimizer;
  private final StateBackend<?> state;
  private final LentParameters lent;
  private final WeightBits bits;
  private final CrossEntropy loss = new CrossEntropy();

  /** What one step saw: mean loss and correct samples. */
  public record Seen(double loss, int correct) {}

  /** Takes over both; they are closed also when this fails. */
  private Session(LoadedNetwork network, BitwiseOptimizer optimizer, InitialWeights weights) {
    this.network = network;
    this.optimizer = optimizer;
    try {
      weights.fill(network.parameters());
      state = optimizer.attach(network.block());
      lent = new LentParameters(network.block(), optimizer, network.manager());
      bits = new WeightBits(this);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Loads a network and gives it what it begins with. Whatever fails, nothing stays behind.
   *
   * @param network that is not yet initialized; it is closed if it can be closed
   * @param optimizer builds the one that trains it
   * @param seed of what the engine draws
   */
  static Session open(
      Block network,
      ImageSet images,
      BitwiseOptimizer.Builder optimizer,
      long seed,
      InitialWeights weights) {
    LoadedNetwork loaded = new LoadedNetwork(network, images, seed);
    BitwiseOptimizer built;
    try {
      built = optimizer.build();
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
    return new Session(loaded, built, weights);
  }

  /** Returns all parameters of the network by name, in layer order. */
  Map<String, Parameter> parameters() {
    return network.parameters();
  }

  /** Returns the state of the trained parameters, in layer order. */
  public StateBackend<?> state() {
    return state;
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

  /** Returns the network as a block. */
  Block block() {
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

  /** Returns the time spent in updates since the session began. */
  public long updateNanos() {
    return optimizer.updateNanos();
  }

  /** Returns the names of all parameters, in layer order; a copy. */
  public List<String> names() {
    return new ArrayList<>(parameters().keySet());
  }

  /** Returns a copy of the values of a parameter. */
  public float[] values(String name) {
    return parameters().get(name).getArray().toFloatArray();
  }

  /** Replaces the values of a parameter. */
  public void fill(String name, float[] values) {
    floats(parameters().get(name).getArray()).put(values);
  }

  /** Writes the weights that the bits make into the network. */
  public void compose() {
    optimizer.compose(network.block());
  }

  /** Returns the buffers of a user's own module that training changed, by name; else none. */
  public Map<String, byte[]> changedBuffers() {
    return script().map(ScriptBlock::changedBuffers).orElse(Map.of());
  }

  /** Returns the memory of a parameter. */
  static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /**
   * Trains on one batch.
   *
   * @param seed of the engine's own random numbers in this step, such as dropout
   * @throws RefusedBatchException if the network cannot compute the batch
   */
  public Seen step(Batch batch, int seed) {
    try {
      return computed(batch, seed);
    } catch (EngineException e) {
      throw new RefusedBatchException(e);
    }
  }

  private Seen computed(Batch batch, int seed) {
    Engine.getInstance().setRandomSeed(seed);
    try (NDManager scope = network.manager().newSubManager()) {
      lent.begin(scope);
      JniUtils.setGradMode(true);
      NDArray logits;
      NDArray logarithms;
      try {
        logits = network.forward(batch, lent, true, scope);
        logarithms = CrossEntropy.logarithms(logits);
        loss.backward(logarithms, batch);
      } finally {
        JniUtils.setGradMode(false);
      }
      Seen seen = new Seen(CrossEntropy.mean(logarithms, batch), batch.correct(logits));
      if (Double.isFinite(seen.loss())) {
        lent.update();
      }
      return seen;
    }
  }

  /** Evaluates all samples of {@code order}. */
  public Evaluation evaluate(ImageFeed feed, int[] order) {
    return network.evaluate(feed, order);
  }

  /** Returns the indices 0..count-1. */
  public static int[] everySample(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @Override
  public void close() {
    try {
      network.close();
    } finally {
      optimizer.close();
    }
  }
}
