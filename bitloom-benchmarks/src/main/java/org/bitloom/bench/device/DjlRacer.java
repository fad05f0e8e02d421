package org.bitloom.bench.device;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import org.bitloom.bench.step.EngineTraining;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.network.GraphBlock;

/** Floats in DJL's own trainer, by DJL's own Adam. */
final class DjlRacer implements Racer {
  private final String network;
  private final Device device;
  private EngineTraining training;

  DjlRacer(String network, Device device) {
    this.network = network;
    this.device = device;
  }

  @Override
  public String name() {
    return "float, DJL's Adam";
  }

  @Override
  public void prepare(int batch) {
    close();
    List<Integer> image = List.of(MadeUpImages.CHANNELS, MadeUpImages.SIDE, MadeUpImages.SIDE);
    Shape images = new Shape(batch, image.get(0), image.get(1), image.get(2));
    GraphBlock block = new GraphBlock(KnownNetworks.of(network, image, MadeUpImages.CLASSES));
    EngineTraining.Task task = new EngineTraining.Task(block, images, MadeUpImages.CLASSES);
    Tracker rate = Tracker.fixed((float) DeviceTraining.RATE);
    Optimizer adam = Optimizer.adam().optLearningRateTracker(rate).build();
    training = EngineTraining.djlAdam(name(), task, adam, device);
  }

  @Override
  public void steps(int count) {
    for (int i = 0; i < count; i++) {
      training.step();
    }
  }

  @Override
  public void updates(int count) {
    for (int i = 0; i < count; i++) {
      training.update();
    }
  }

  @Override
  public void close() {
    if (training != null) {
      training.close();
      training = null;
    }
  }
}
