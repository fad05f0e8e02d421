package org.bitloom.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bitloom.data.ImageSet;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.graph.Role;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.ImageLayout;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;
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

  @ParameterizedTest
  @ValueSource(strings = {"lenet300", "conv2", "resnet20", "resnet29v2"})
  void theLayoutOfImagesDoesNotChangeGradients(String name) {
    Graph graph =
        KnownNetworks.of(
            name, List.of(images.channels(), images.height(), images.width()), images.classes());
    List<GraphParameter> trained =
        graph.parameters().stream().filter(each -> each.role() != Role.STATISTIC).toList();
    int[] order = Session.everySample(images.count());
    ImageFeed feed = new ImageFeed(images, new Samples(order, new int[0]).normalization(images));
    try (LoadedNetwork network = new LoadedNetwork(new GraphBlock(graph), images, 3)) {
      InitialWeights.drawn(3).fill(network.parameters());
      Map<ImageLayout, float[]> found = new EnumMap<>(ImageLayout.class);
      for (ImageLayout layout : ImageLayout.values()) {
        try (DeviceNetwork device =
                new DeviceNetwork(network, graph, trained, Device.cpu(), layout);
            Prefetch batches = device.prefetch(feed, 24)) {
          batches.begin(order, 0);
          try (NDList gradients = device.gradients(batches.next())) {
            found.put(layout, gradients.singletonOrThrow().toFloatArray());
          }
        }
      }
      float[] last = found.get(ImageLayout.CHANNELS_LAST);
      float[] first = found.get(ImageLayout.CHANNELS_FIRST);
      float largest = 0;
      for (float gradient : first) {
        largest = Math.max(largest, Math.abs(gradient));
      }
      assertThat(largest).isPositive();
      for (int i = 0; i < first.length; i++) {
        assertThat(last[i]).as("gradient %d", i).isCloseTo(first[i], within(1e-3f * largest));
      }
    }
  }
}
