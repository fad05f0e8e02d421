package org.bitloom.bench.device;

import ai.djl.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bitloom.data.Augmentation;
import org.bitloom.data.DataSet;
import org.bitloom.network.Networks;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.Session;
import org.bitloom.session.TrainingTask;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.PhaseSchedule;
import org.bitloom.settings.RunSettings;

/** A network that a session trains on a device, on images that are made up. */
final class DeviceTraining implements AutoCloseable {
  static final double RATE = 9e-4;

  private static final long SEED = 1;

  private final TrainingTask task;
  private final Session session;

  /**
   * Opens a session.
   *
   * @param weights how they are trained
   * @param images to train on, as many as the largest batch at least
   */
  DeviceTraining(String network, RunSettings.Weights weights, DataSet images, Device device)
      throws IOException {
    int threads = device.isGpu() ? 1 : Runtime.getRuntime().availableProcessors();
    RunSettings settings =
        new RunSettings(
            network,
            new DataSettings(images.name(), 0, 0, Augmentation.NONE),
            weights,
            "adam",
            new PhaseSchedule(List.of(new PhaseSchedule.Phase(1_000_000, RATE))),
            1,
            SEED,
            threads);
    task = TrainingTask.of(settings, images, FrozenContent.given(settings, Optional.empty()));
    session = task.open(Networks.open(network), true, device);
  }

  Session session() {
    return session;
  }

  /**
   * Prepares batches as a run does, each sent to the device while the step before it runs.
   *
   * @param count of batches; the images come again and again
   */
  Prefetch batches(int size, int count, Augmentation augmentation) {
    ImageFeed feed = new ImageFeed(task.data().train(), task.normalization(), augmentation);
    feed.beginEpoch(SEED, 1);
    Prefetch batches = session.prefetch(feed, size);
    int[] order = new int[Math.multiplyExact(size, count)];
    Arrays.setAll(order, i -> i % task.data().train().count());
    batches.begin(order, 0);
    return batches;
  }

  @Override
  public void close() {
    session.close();
  }
}
