package org.bitloom.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.bits.LayerRule;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Networks;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.junit.jupiter.api.Test;

/** What a session has opened when it fails is closed again. */
class SessionTest {
  private final ImageSet images = ToyImages.SMALL.data().train();
  private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

  /** A layer that cannot be initialized. */
  private static final class Failing extends AbstractBlock {
    private NDManager manager;

    @Override
    public void initialize(NDManager given, DataType type, Shape... shapes) {
      manager = given;
      throw new IllegalStateException("no memory");
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      return inputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }

  private static BitwiseOptimizer.Builder optimizer() {
    return BitwiseOptimizer.builder().threads(3);
  }

  private List<Thread> updateThreads() {
    List<Thread> started = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("bitloom-update") && !before.contains(thread)) {
        started.add(thread);
      }
    }
    return started;
  }

  private static void assertEnded(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  @Test
  void aNetworkThatCannotBeInitializedIsClosed() {
    Failing network = new Failing();
    assertThatThrownBy(
            () ->
                Session.open(
                    network, images, optimizer(), 1, InitialWeights.drawn(1), Optional.empty()))
        .hasMessage("no memory");
    assertThat(network.manager.isOpen()).isFalse();
    assertThat(updateThreads()).isEmpty();
  }

  @Test
  void aNetworkWhoseWeightsCannotBeGivenIsClosedWithItsThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<NDManager> managers = new ArrayList<>();
    InitialWeights none =
        parameters -> {
          threads.addAll(updateThreads());
          managers.add(anyOf(parameters).getArray().getManager());
          throw new UsageException("none", "give some");
        };
    Block network = new GraphBlock(Networks.graph("lenet300", images));
    assertThatThrownBy(() -> Session.open(network, images, optimizer(), 1, none, Optional.empty()))
        .hasMessage("none");
    assertThat(threads).hasSize(2);
    assertEnded(threads);
    assertThat(managers).singleElement().matches(manager -> !manager.isOpen());
  }

  @Test
  void aNetworkThatTheOptimizerRefusesIsClosedWithItsThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    BitwiseOptimizer.Builder misfit = optimizer().layer(LayerRule.floats("nothing"));
    InitialWeights listening = parameters -> threads.addAll(updateThreads());
    Block network = new GraphBlock(Networks.graph("lenet300", images));
    assertThatThrownBy(() -> Session.open(network, images, misfit, 1, listening, Optional.empty()))
        .isInstanceOf(UsageException.class);
    assertEnded(threads);
  }

  @Test
  void anOptimizerThatCannotBeBuiltLeavesNoNetwork() {
    BitwiseOptimizer.Builder impossible = optimizer().threads(0);
    Block network = new GraphBlock(Networks.graph("lenet300", images));
    assertThatThrownBy(
            () ->
                Session.open(
                    network, images, impossible, 1, InitialWeights.drawn(1), Optional.empty()))
        .hasMessageContaining("at least 1");
    Parameter weight = network.getParameters().valueAt(0);
    assertThatThrownBy(() -> weight.getArray().toFloatArray())
        .isInstanceOf(IllegalStateException.class);
  }

  private static Parameter anyOf(Map<String, Parameter> parameters) {
    return parameters.values().iterator().next();
  }
}
