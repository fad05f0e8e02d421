package org.bitloom.session;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.optimizer.DeviceState;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;

/**
 * Computes on a device of the engine. A step is two calls: the program of the graph takes the batch
 * through the network and back, the program of the state moves it. Nothing comes back to the
 * processor until somebody asks what the steps saw.
 */
final class DeviceExecution implements Execution {
  private final BitwiseOptimizer optimizer;
  private final DeviceState state;
  private final DeviceNetwork network;
  private final double[] rates;
  private long samples;
  private long updateNanos;

  DeviceExecution(LoadedNetwork host, BitwiseOptimizer optimizer, Graph graph, Device device) {
    this.optimizer = optimizer;
    state = optimizer.attach(host.block(), device);
    DeviceNetwork placed = null;
    try {
      List<GraphParameter> order =
          state.order().segments().stream()
              .map(segment -> graph.parameter(segment.spec().name()))
              .toList();
      placed = new DeviceNetwork(host, graph, order, device);
    } finally {
      if (placed == null) {
        state.close();
      }
    }
    network = placed;
    rates = new double[state.parameters().size()];
  }

  @Override
  public DeviceState state() {
    return state;
  }

  @Override
  public void step(Batch batch, int seed) {
    NDList gradients = network.gradients(batch);
    long begin = System.nanoTime();
    try (gradients) {
      Arrays.fill(rates, optimizer.rate("", state.stepsTaken() + 1));
      state.step(gradients.singletonOrThrow(), network.values(), rates);
    }
    samples += batch.count();
    updateNanos += System.nanoTime() - begin;
  }

  @Override
  public Session.Seen seen() {
    double[] sums = network.trained();
    state.check();
    Session.Seen seen = new Session.Seen(sums[0], Math.round(sums[1]), samples);
    network.restartTrained();
    samples = 0;
    return seen;
  }

  @Override
  public boolean seesEveryStep() {
    return false;
  }

  @Override
  public Prefetch prefetch(ImageFeed feed, int batchSize) {
    return network.prefetch(feed, batchSize);
  }

  @Override
  public Evaluation evaluate(ImageFeed feed, int[] order) {
    return network.evaluate(feed, order);
  }

  @Override
  public void toHost() {
    state.download();
    network.toHost();
  }

  @Override
  public void fromHost() {
    network.fromHost();
  }

  @Override
  public void compose() {
    state.compose(network.values());
  }

  @Override
  public long updateNanos() {
    return updateNanos;
  }

  @Override
  public void close() {
    try {
      network.close();
    } finally {
      state.close();
    }
  }
}
