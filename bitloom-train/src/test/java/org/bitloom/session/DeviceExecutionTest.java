package org.bitloom.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.LayerRule;
import org.bitloom.data.Augmentation;
import org.bitloom.data.ImageSet;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.model.Normalization;
import org.bitloom.network.GraphBlock;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.session.batch.Samples;
import org.bitloom.session.engine.Engines;
import org.bitloom.update.NonFiniteGradientException;
import org.bitloom.update.StateArray;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs on the engine's processor must train as the layers and kernels of the host do. */
class DeviceExecutionTest {
  private static final long SEED = 7;
  private static final int BATCH = 20;

  private final ImageSet images = ToyImages.SMALL.data().train();
  private final Normalization normalization =
      new Samples(Session.everySample(images.count()), new int[0]).normalization(images);

  @BeforeAll
  static void loadEngine() {
    Engines.prepare(1);
  }

  private Session open(String network, Optional<Device> device) {
    BitwiseOptimizer.Builder optimizer =
        BitwiseOptimizer.builder()
            .bits(6)
            .mask(BitMask.top(3))
            .layer(LayerRule.bits("first", 12, BitMask.all()))
            .layer(LayerRule.floats("last"))
            .learningRate(0.01f)
            .threads(1)
            .seed(SEED);
    int[] shape = {images.channels(), images.height(), images.width()};
    GraphBlock block =
        new GraphBlock(
            KnownNetworks.of(network, List.of(shape[0], shape[1], shape[2]), images.classes()));
    return Session.open(block, images, optimizer, SEED, InitialWeights.drawn(SEED), device);
  }

  private void train(Session session, int steps) {
    ImageFeed feed = new ImageFeed(images, normalization, Augmentation.parse("shift10+flip"));
    feed.beginEpoch(SEED, 1);
    try (Prefetch batches = session.prefetch(feed, BATCH)) {
      batches.begin(Session.everySample(images.count()), 0);
      for (int step = 0; step < steps; step++) {
        session.step(batches.next(), step);
      }
      session.seen();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet300", "conv2", "resnet20", "resnet29v2"})
  void aDeviceTrainsToTheBytesOfTheHost(String network) {
    try (Session host = open(network, Optional.empty());
        Session device = open(network, Optional.of(Device.cpu()))) {
      train(host, 4);
      train(device, 4);
      for (String name : host.names()) {
        assertThat(device.values(name)).as(name).isEqualTo(host.values(name));
      }
      for (int i = 0; i < host.state().arrays().size(); i++) {
        StateArray expected = host.state().arrays().get(i);
        assertThat(device.state().arrays().get(i).values())
            .as(expected.name())
            .isEqualTo(expected.values());
      }
      Evaluation expected = host.evaluate(new ImageFeed(images, normalization), everySample());
      Evaluation found = device.evaluate(new ImageFeed(images, normalization), everySample());
      assertThat(found.correct()).isEqualTo(expected.correct());
      assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-6 * expected.loss()));
    }
  }

  private int[] everySample() {
    return Session.everySample(images.count());
  }

  @Test
  void whatStepsSawIsSummedUntilSomebodyLooks() {
    try (Session host = open("lenet300", Optional.empty());
        Session device = open("lenet300", Optional.of(Device.cpu()))) {
      ImageFeed feed = new ImageFeed(images, normalization);
      Session.Seen expected = Session.Seen.NOTHING;
      try (Prefetch hosts = host.prefetch(feed, BATCH)) {
        hosts.begin(everySample(), 0);
        for (int step = 0; step < 3; step++) {
          host.step(hosts.next(), step);
          Session.Seen one = host.seen();
          expected = expected.and(one.lossSum(), one.correct(), one.samples());
        }
      }
      try (Prefetch devices = device.prefetch(feed, BATCH)) {
        devices.begin(everySample(), 0);
        for (int step = 0; step < 3; step++) {
          device.step(devices.next(), step);
        }
        Session.Seen seen = device.seen();
        assertThat(seen.samples()).isEqualTo(expected.samples());
        assertThat(seen.correct()).isEqualTo(expected.correct());
        assertThat(seen.lossSum()).isCloseTo(expected.lossSum(), within(1e-3));
        assertThat(device.seen()).isEqualTo(Session.Seen.NOTHING);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // its process file tells the memory
  void aThousandStepsHoldNoMoreMemoryThanTen() throws IOException {
    try (Session device = open("lenet300", Optional.of(Device.cpu()))) {
      train(device, 10);
      long arrays = openArrays();
      long before = residentBytes();
      for (int pass = 0; pass < 50; pass++) {
        train(device, 20);
      }
      assertThat(openArrays()).isEqualTo(arrays);
      // the gradients of a step alone take 170 KB
      assertThat(residentBytes() - before).isLessThan(64L << 20);
    }
  }

  private static long openArrays() {
    try (NDManager any = NDManager.newBaseManager()) {
      return any.getParentManager().getManagedArrays().size();
    }
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * 4096;
  }

  @Test
  void filledValuesReachTheDevice() {
    try (Session device = open("resnet20", Optional.of(Device.cpu()))) {
      Map<String, float[]> values = new HashMap<>();
      float[] gains = device.values("norm1.gamma");
      gains[3] = 42;
      values.put("norm1.gamma", gains);
      device.fill(values);
      assertThat(device.values("norm1.gamma")).isEqualTo(gains);
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsNamed() {
    try (Session device = open("lenet300", Optional.of(Device.cpu()))) {
      float[] last = device.values("dense3.weight");
      last[0] = Float.POSITIVE_INFINITY;
      device.fill(Map.of("dense3.weight", last));
      assertThatThrownBy(() -> train(device, 3))
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessageContaining("at step 1");
    }
  }
}
