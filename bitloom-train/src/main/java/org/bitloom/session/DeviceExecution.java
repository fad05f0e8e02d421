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
import java.util.Arrays;
import java.util.List;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Role;
import org.bitloom.network.GraphProgram;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.optimizer.DeviceState;
import org.bitloom.optimizer.FlatOrder;
import org.bitloom.program.Program;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.NativeFloats;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.update.ParameterSpec;

/**
 * Computes on a device of the engine. A step is two calls: the program of the graph takes the batch
 * through the network and back, the program of the state moves it. Nothing comes back to the
 * processor until somebody asks what the steps saw.
 *
 * <p>The network on the processor keeps the initial values, and gets the trained ones when they are
 * to be saved.
 */
final class DeviceExecution implements Execution {
  /** Samples at a time where nothing is kept for a way back. */
  private static final int EVALUATION_BATCH = 1000;

  private static final int EVALUATION_BYTES = 1 << 26;

  private final LoadedNetwork network;
  private final BitwiseOptimizer optimizer;
  private final Graph graph;
  private final DeviceState state;
  private final NDManager manager;
  private final Program program;
  private final NDArray values;
  private final NDArray trained;
  private final NDArray measured;
  private final List<GraphParameter> statistics;
  private final List<NDArray> statisticValues = new ArrayList<>();
  private final double[] rates;
  private long samples;
  private long updateNanos;

  DeviceExecution(LoadedNetwork network, BitwiseOptimizer optimizer, Graph graph, Device device) {
    this.network = network;
    this.optimizer = optimizer;
    this.graph = graph;
    state = optimizer.attach(network.block(), device);
    rates = new double[state.parameters().size()];
    manager = NDManager.newBaseManager(device);
    program = load(device);
    values = manager.zeros(new Shape(state.order().size()));
    trained = manager.zeros(new Shape(2), DataType.FLOAT64);
    measured = manager.zeros(new Shape(2), DataType.FLOAT64);
    statistics =
        graph.parameters().stream()
            .filter(parameter -> parameter.role() == Role.STATISTIC)
            .toList();
    statistics.forEach(each -> statisticValues.add(manager.zeros(new Shape(each.size()))));
    List<NDArray> tensors = new ArrayList<>(List.of(values, trained, measured));
    tensors.addAll(statisticValues);
    program.run("bind", tensors);
    fromHost();
  }

  private Program load(Device device) {
    List<GraphParameter> order =
        state.order().segments().stream()
            .map(segment -> graph.parameter(segment.spec().name()))
            .toList();
    return Program.load(GraphProgram.of(graph, order), device);
  }

  @Override
  public DeviceState state() {
    return state;
  }

  @Override
  public void step(Batch batch, int seed) {
    JniUtils.setGradMode(true);
    NDList gradients;
    try {
      gradients = program.train(batch.deviceInputs(), batch.deviceLabels());
    } finally {
      JniUtils.setGradMode(false);
    }
    long begin = System.nanoTime();
    try (gradients) {
      Arrays.fill(rates, optimizer.rate("", state.stepsTaken() + 1));
      state.step(gradients.singletonOrThrow(), values, rates);
    }
    samples += batch.count();
    updateNanos += System.nanoTime() - begin;
  }

  @Override
  public Session.Seen seen() {
    double[] sums = trained.toDoubleArray(); // waits for the device
    state.check();
    Session.Seen seen = new Session.Seen(sums[0], Math.round(sums[1]), samples);
    program.run("restart", List.of(trained));
    samples = 0;
    return seen;
  }

  @Override
  public boolean seesEveryStep() {
    return false;
  }

  @Override
  public Prefetch prefetch(ImageFeed feed, int batchSize) {
    return new Prefetch(feed, batchSize, batch -> batch.send(manager));
  }

  @Override
  public Evaluation evaluate(ImageFeed feed, int[] order) {
    int fitting = EVALUATION_BYTES / Float.BYTES / feed.images().imageSize();
    int largest = Math.max(1, Math.min(Math.min(EVALUATION_BATCH, fitting), order.length));
    program.run("restart", List.of(measured));
    try (Prefetch batches = prefetch(feed, largest)) {
      batches.begin(order, 0);
      for (int seen = 0; seen < order.length; ) {
        Batch batch = batches.next();
        program.run("evaluate", List.of(batch.deviceInputs(), batch.deviceLabels()));
        seen += batch.count();
      }
      double[] sums = measured.toDoubleArray(); // before the batches go
      return new Evaluation((int) Math.round(sums[1]), order.length, sums[0] / order.length);
    }
  }

  @Override
  public void toHost() {
    state.download();
    float[] flat = values.toFloatArray();
    for (FlatOrder.Segment segment : state.order().segments()) {
      ParameterSpec spec = segment.spec();
      host(spec.name()).put(flat, segment.begin(), spec.size());
    }
    for (int i = 0; i < statistics.size(); i++) {
      host(statistics.get(i).name()).put(statisticValues.get(i).toFloatArray());
    }
  }

  @Override
  public void fromHost() {
    float[] flat = new float[state.order().size()];
    for (FlatOrder.Segment segment : state.order().segments()) {
      host(segment.spec().name()).get(flat, segment.begin(), segment.spec().size());
    }
    write(values, flat);
    for (int i = 0; i < statistics.size(); i++) {
      float[] own = new float[statistics.get(i).size()];
      host(statistics.get(i).name()).get(own);
      write(statisticValues.get(i), own);
    }
  }

  private FloatBuffer host(String name) {
    Parameter parameter = network.parameters().get(name);
    return NativeFloats.of(parameter.getArray());
  }

  private void write(NDArray tensor, float[] content) {
    try (NDArray source = manager.create(content)) {
      program.run("copy", List.of(tensor, source));
    }
  }

  @Override
  public void compose() {
    state.compose(values);
  }

  @Override
  public long updateNanos() {
    return updateNanos;
  }

  @Override
  public void close() {
    try {
      program.close();
      manager.close();
    } finally {
      state.close();
    }
  }
}
