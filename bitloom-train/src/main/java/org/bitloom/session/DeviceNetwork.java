package org.bitloom.session;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Role;
import org.bitloom.model.ConfusionMatrix;
import org.bitloom.network.GraphProgram;
import org.bitloom.network.ImageLayout;
import org.bitloom.program.Program;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.NativeFloats;
import org.bitloom.session.batch.Prefetch;

/**
 * A network on a device of the engine: its program, and the values that it works on. Owns all its
 * native memory.
 *
 * <p>The network on the processor keeps the initial values, and gets those of the device when
 * somebody asks.
 */
final class DeviceNetwork implements AutoCloseable {
  /** Samples at a time where nothing is kept for a way back. */
  private static final int EVALUATION_BATCH = 1000;

  private static final int EVALUATION_BYTES = 1 << 26;

  private final LoadedNetwork host;
  private final List<GraphParameter> order;
  private final NDManager manager;
  private final Program program;
  private final NDArray values;
  private final NDArray trained;
  private final NDArray measured;
  private final NDArray answers;
  private final int classes;
  private final List<GraphParameter> statistics;
  private final List<NDArray> statisticValues = new ArrayList<>();

  /**
   * Puts a network on a device, with the values that it has now.
   *
   * @param host network on the processor, built from {@code graph}
   * @param order trained parameters as their values shall lie, one behind the other
   */
  DeviceNetwork(LoadedNetwork host, Graph graph, List<GraphParameter> order, Device device) {
    this(
        host,
        graph,
        order,
        device,
        device.isGpu() ? ImageLayout.CHANNELS_LAST : ImageLayout.CHANNELS_FIRST);
  }

  DeviceNetwork(
      LoadedNetwork host,
      Graph graph,
      List<GraphParameter> order,
      Device device,
      ImageLayout layout) {
    this.host = host;
    this.order = List.copyOf(order);
    classes = graph.classes();
    program = Program.load(GraphProgram.of(graph, order, layout), device);
    manager = NDManager.newBaseManager(device);
    try {
      values = manager.zeros(new Shape(order.stream().mapToInt(GraphParameter::size).sum()));
      trained = manager.zeros(new Shape(2), DataType.FLOAT64);
      measured = manager.zeros(new Shape(1), DataType.FLOAT64);
      answers = manager.zeros(new Shape((long) classes * classes), DataType.INT64);
      statistics = graph.parameters().stream().filter(DeviceNetwork::isStatistic).toList();
      statistics.forEach(each -> statisticValues.add(manager.zeros(new Shape(each.size()))));
      List<NDArray> tensors =
          new ArrayList<>(
              List.of(
                  values,
                  trained,
                  measured,
                  answers,
                  manager.create(layout.places(order)),
                  manager.create(layout.origins(order))));
      tensors.addAll(statisticValues);
      program.run("bind", tensors);
      fromHost();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Puts a network on a device to evaluate it. */
  static DeviceNetwork of(LoadedNetwork host, Graph graph, Device device) {
    List<GraphParameter> order =
        graph.parameters().stream().filter(parameter -> !isStatistic(parameter)).toList();
    return new DeviceNetwork(host, graph, order, device);
  }

  private static boolean isStatistic(GraphParameter parameter) {
    return parameter.role() == Role.STATISTIC;
  }

  /** Returns the values of all trained parameters, flat, on the device. */
  NDArray values() {
    return values;
  }

  /** Returns the gradients of a batch, flat, on the device; owned by the caller. */
  NDList gradients(Batch batch) {
    JniUtils.setGradMode(true);
    try {
      return program.train(batch.deviceInputs(), batch.deviceLabels());
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /** Waits for the device, and returns the sums of losses and of right answers in training. */
  double[] trained() {
    return trained.toDoubleArray();
  }

  /** Begins new sums of training. */
  void restartTrained() {
    program.run("restart", List.of(trained));
  }

  Prefetch prefetch(ImageFeed feed, int batchSize) {
    DeviceCopy copy = new DeviceCopy(manager.getDevice());
    return new Prefetch(feed, batchSize, batch -> batch.send(copy), copy::close);
  }

  /** Evaluates all samples of {@code samples}. */
  Evaluation evaluate(ImageFeed feed, int[] samples) {
    int fitting = EVALUATION_BYTES / Float.BYTES / feed.images().imageSize();
    int largest = Math.max(1, Math.min(Math.min(EVALUATION_BATCH, fitting), samples.length));
    program.run("restart", List.of(measured));
    program.run("restart", List.of(answers));
    try (Prefetch batches = prefetch(feed, largest)) {
      batches.begin(samples, 0);
      for (int seen = 0; seen < samples.length; ) {
        Batch batch = batches.next();
        program.run("evaluate", List.of(batch.deviceInputs(), batch.deviceLabels()));
        seen += batch.count();
      }
      double loss = measured.toDoubleArray()[0]; // before the batches go
      ConfusionMatrix found = ConfusionMatrix.of(classes, answers.toLongArray());
      return new Evaluation(found, loss / samples.length);
    }
  }

  /** Brings all values into the network on the processor. */
  void toHost() {
    float[] flat = values.toFloatArray();
    int at = 0;
    for (GraphParameter parameter : order) {
      onHost(parameter).put(flat, at, parameter.size());
      at += parameter.size();
    }
    for (int i = 0; i < statistics.size(); i++) {
      onHost(statistics.get(i)).put(statisticValues.get(i).toFloatArray());
    }
  }

  /** Takes over all values of the network on the processor. */
  void fromHost() {
    float[] flat = new float[Math.toIntExact(values.size())];
    int at = 0;
    for (GraphParameter parameter : order) {
      onHost(parameter).get(flat, at, parameter.size());
      at += parameter.size();
    }
    write(values, flat);
    for (int i = 0; i < statistics.size(); i++) {
      float[] own = new float[statistics.get(i).size()];
      onHost(statistics.get(i)).get(own);
      write(statisticValues.get(i), own);
    }
  }

  private FloatBuffer onHost(GraphParameter parameter) {
    Parameter own = host.parameters().get(parameter.name());
    return NativeFloats.of(own.getArray());
  }

  private void write(NDArray tensor, float[] content) {
    try (NDArray source = manager.create(content)) {
      program.run("copy", List.of(tensor, source));
    }
  }

  @Override
  public void close() {
    try {
      program.close();
    } finally {
      manager.close();
    }
  }
}
