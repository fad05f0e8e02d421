package org.bitloom.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.List;
import org.bitloom.data.ImageSet;
import org.bitloom.graph.Graph;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.network.GraphBlock;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Samples;
import org.bitloom.session.engine.Engines;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNetworkTest {
  private final ImageSet images = ToyImages.SMALL.data().test();

  @BeforeAll
  static void loadEngine() {
    Engines.prepare(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet300", "resnet20"})
  void aNetworkOnADeviceIsEvaluatedAsOnTheProcessor(String name) {
    Graph graph =
        KnownNetworks.of(
            name, List.of(images.channels(), images.height(), images.width()), images.classes());
    int[] order = Session.everySample(images.count());
    ImageFeed feed = new ImageFeed(images, new Samples(order, new int[0]).normalization(images));
    try (LoadedNetwork network = new LoadedNetwork(new GraphBlock(graph), images, 3)) {
      InitialWeights.drawn(3).fill(network.parameters());
      Evaluation expected = network.evaluate(feed, order);
      try (DeviceNetwork device = DeviceNetwork.of(network, graph, Device.cpu())) {
        Evaluation found = device.evaluate(feed, order);
        assertThat(found.correct()).isEqualTo(expected.correct());
        assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-6 * expected.loss()));
      }
    }
  }
}
