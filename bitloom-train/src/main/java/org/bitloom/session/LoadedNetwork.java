package org.bitloom.session;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bitloom.data.ImageSet;
import org.bitloom.model.ConfusionMatrix;
import org.bitloom.model.WorstMistakes;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Network;
import org.bitloom.script.ScriptBlock;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.CrossEntropy;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.session.engine.EngineThreads;
import org.bitloom.session.engine.Engines;
import org.bitloom.session.memory.MemoryLimits;
import org.bitloom.session.memory.NetworkRoom;

/**
 * A network on the engine with its parameters, ready to evaluate; owns all its native memory. It
 * has no state of training.
 */
final class LoadedNetwork implements AutoCloseable {
  /** Large enough to be fast, small enough for the activations of a deep network. */
  private static final int EVALUATION_BATCH = 100;

  private static final int EVALUATION_BYTES = 1 << 26;

  private final Model model;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final ParameterStore store;

  /**
   * Takes over a network that is not yet initialized, and closes it if it can be closed, also when
   * this fails.
   *
   * @param seed of what the engine initializes it with
   */
  LoadedNetwork(Block network, ImageSet images, long seed) {
    Engine.getInstance().setRandomSeed((int) seed);
    model = Model.newInstance("session", Device.cpu());
    model.setBlock(network);
    store = new OwnArrays(model.getNDManager());
    try {
      Shape inputs = new Shape(1, images.channels(), images.height(), images.width());
      network.initialize(model.getNDManager(), DataType.FLOAT32, inputs);
      for (Pair<String, Parameter> named : network.getParameters()) {
        parameters.put(named.getKey(), named.getValue());
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Loads a network whose parameters are all 0, to be filled from a model; nothing is drawn. */
  static LoadedNetwork blank(Network network, ImageSet images) {
    Block block = network.build(images);
    new NetworkRoom(MemoryLimits.here()).checkWeights(block, images, network.name());
    block.setInitializer(Initializer.ZEROS, parameter -> true);
    return new LoadedNetwork(block, images, 1);
  }

  /** Hands out the arrays of the parameters themselves. */
  private static final class OwnArrays extends ParameterStore {
    OwnArrays(NDManager manager) {
      super(manager, false);
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
      return parameter == null ? null : parameter.getArray(); // null: a bias that is left out
    }
  }

  Block block() {
    return model.getBlock();
  }

  NDManager manager() {
    return model.getNDManager();
  }

  /** Returns all parameters by name, in layer order. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Returns the network if it is the user's own module, which has buffers beside parameters. */
  Optional<ScriptBlock> script() {
    return block() instanceof ScriptBlock script ? Optional.of(script) : Optional.empty();
  }

  /** Returns the logits of a batch, {@code [count, classes]}; owned by {@code scope}. */
  NDArray forward(Batch batch, ParameterStore arrays, boolean training, NDManager scope) {
    NDList inputs = new NDList(batch.inputs(scope));
    return block().forward(arrays, inputs, training).singletonOrThrow();
  }

  /** Lets the engine evaluate with as many of the threads as are worth it. */
  void useThreads(int allowed) {
    if (block() instanceof GraphBlock built) {
      Engines.useThreads(EngineThreads.of(built.graph(), EVALUATION_BATCH, allowed));
    }
  }

  /** Evaluates all samples of {@code order}. */
  Evaluation evaluate(ImageFeed feed, int[] order) {
    int classes = feed.images().classes();
    long[] answers = new long[classes * classes];
    double[] total = new double[1];
    int[] seen = new int[1];
    WorstMistakes worst = new WorstMistakes();
    forEachBatch(
        feed,
        order,
        (batch, logits) -> {
          total[0] += batch.count() * CrossEntropy.mean(CrossEntropy.logarithms(logits), batch);
          int[] found = batch.answers(logits);
          for (int b = 0; b < found.length; b++) {
            int label = batch.label(b);
            answers[label * classes + found[b]]++;
            if (found[b] != label) {
              int sample = order[seen[0] + b];
              batch.mistake(logits, b, sample, found[b]).ifPresent(worst::add);
            }
          }
          seen[0] += batch.count();
        });
    ConfusionMatrix matrix = ConfusionMatrix.of(classes, answers);
    return new Evaluation(matrix, total[0] / order.length, List.of(), worst.worstFirst());
  }

  /** Returns the probability of every class for every image, {@code [count, classes]}. */
  List<float[]> probabilities(ImageFeed feed) {
    List<float[]> rows = new ArrayList<>();
    forEachBatch(
        feed,
        Session.everySample(feed.images().count()),
        (batch, logits) -> {
          float[] all = logits.softmax(1).toFloatArray();
          int classes = all.length / batch.count();
          for (int b = 0; b < batch.count(); b++) {
            rows.add(Arrays.copyOfRange(all, b * classes, (b + 1) * classes));
          }
        });
    return rows;
  }

  private void forEachBatch(ImageFeed feed, int[] order, BiConsumer<Batch, NDArray> seen) {
    int fitting = EVALUATION_BYTES / Float.BYTES / feed.images().imageSize();
    int largest = Math.max(1, Math.min(Math.min(EVALUATION_BATCH, fitting), order.length));
    try (Prefetch batches = new Prefetch(feed, largest)) {
      batches.begin(order, 0);
      for (int done = 0; done < order.length; ) {
        Batch batch = batches.next();
        try (NDManager scope = manager().newSubManager()) {
          seen.accept(batch, forward(batch, store, false, scope));
        }
        done += batch.count();
      }
    }
  }

  @Override
  public void close() {
    try {
      model.close();
    } finally {
      script().ifPresent(ScriptBlock::close);
    }
  }
}
