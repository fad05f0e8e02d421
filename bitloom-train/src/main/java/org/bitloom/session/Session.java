package org.bitloom.session;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.data.ImageSet;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.optimizer.LentParameters;
import org.bitloom.script.ScriptBlock;
import org.bitloom.update.StateBackend;

/** A network on the engine, ready to train and to evaluate; owns all its native memory. */
public final class Session implements AutoCloseable {
  /** Large enough to be fast, small enough for the activations of a deep network. */
  private static final int EVALUATION_BATCH = 100;

  private static final int EVALUATION_BYTES = 1 << 26;

  private final Model model;
  private final BitwiseOptimizer optimizer;
  private final StateBackend<?> state;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final LentParameters lent;
  private final CrossEntropy loss = new CrossEntropy();

  /** What one step or evaluation saw: mean loss and correct samples. */
  public record Seen(double loss, int correct) {}

  /** Takes over a network that is not yet initialized and draws its weights. */
  Session(Block network, ImageSet images, BitwiseOptimizer optimizer, long seed) {
    this(network, images, optimizer, seed, new DrawnWeights(seed));
  }

  /** Takes over a network that is not yet initialized, and closes it if it can be closed. */
  Session(
      Block network,
      ImageSet images,
      BitwiseOptimizer optimizer,
      long seed,
      InitialWeights initialWeights) {
    this.optimizer = optimizer;
    Engine.getInstance().setRandomSeed((int) seed);
    model = Model.newInstance("session", Device.cpu());
    model.setBlock(network);
    Shape inputs = new Shape(1, images.channels(), images.height(), images.width());
    network.initialize(model.getNDManager(), DataType.FLOAT32, inputs);
    for (Pair<String, Parameter> named : network.getParameters()) {
      parameters.put(named.getKey(), named.getValue());
    }
    try {
      initialWeights.fill(parameters);
      state = optimizer.attach(network);
      lent = new LentParameters(network, optimizer, model.getNDManager());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns all parameters of the network by name, in layer order. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Returns the state of the trained parameters, in layer order. */
  public StateBackend<?> state() {
    return state;
  }

  /** Returns the network if it is the user's own module, which has buffers beside parameters. */
  Optional<ScriptBlock> script() {
    return model.getBlock() instanceof ScriptBlock script ? Optional.of(script) : Optional.empty();
  }

  /** Returns the network as a block. */
  Block block() {
    return model.getBlock();
  }

  /** Returns the time spent in updates since the session began. */
  public long updateNanos() {
    return optimizer.updateNanos();
  }

  /** Returns the names of all parameters, in layer order; a copy. */
  public List<String> names() {
    return new ArrayList<>(parameters.keySet());
  }

  /** Returns a copy of the values of a parameter. */
  public float[] values(String name) {
    return parameters.get(name).getArray().toFloatArray();
  }

  /** Replaces the values of a parameter. */
  public void fill(String name, float[] values) {
    floats(parameters.get(name).getArray()).put(values);
  }

  /** Writes the weights that the bits make into the network. */
  public void compose() {
    optimizer.compose(model.getBlock());
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
    try (NDManager scope = model.getNDManager().newSubManager()) {
      lent.begin(scope);
      JniUtils.setGradMode(true);
      NDArray logits;
      NDArray logarithms;
      try {
        logits = forward(batch, true, scope);
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

  /** Returns the logits of a batch, {@code [count, classes]}; owned by {@code scope}. */
  private NDArray forward(Batch batch, boolean training, NDManager scope) {
    NDList inputs = new NDList(batch.inputs(scope));
    return model.getBlock().forward(lent, inputs, training).singletonOrThrow();
  }

  /** Evaluates all samples of {@code order}. */
  public Evaluation evaluate(ImageFeed feed, int[] order) {
    int correct = 0;
    double total = 0;
    int fitting = EVALUATION_BYTES / Float.BYTES / feed.images().imageSize();
    int largest = Math.max(1, Math.min(Math.min(EVALUATION_BATCH, fitting), order.length));
    try (Prefetch batches = new Prefetch(feed, largest)) {
      batches.begin(order, 0);
      for (int seen = 0; seen < order.length; ) {
        Batch batch = batches.next();
        try (NDManager scope = model.getNDManager().newSubManager()) {
          NDArray logits = forward(batch, false, scope);
          total += batch.count() * CrossEntropy.mean(CrossEntropy.logarithms(logits), batch);
          correct += batch.correct(logits);
        }
        seen += batch.count();
      }
    }
    return new Evaluation(correct, order.length, total / order.length);
  }

  /** Returns the indices 0..count-1. */
  public static int[] everySample(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @Override
  public void close() {
    model.close();
    script().ifPresent(ScriptBlock::close);
    optimizer.close();
  }
}
