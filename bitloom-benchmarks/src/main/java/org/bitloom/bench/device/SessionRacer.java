package org.bitloom.bench.device;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import org.bitloom.data.Augmentation;
import org.bitloom.data.DataSet;
import org.bitloom.optimizer.DeviceState;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.settings.RunSettings;

/** A session of ours, that trains on one batch again and again. */
final class SessionRacer implements Racer {
  private static final float GRADIENT = 1e-4f;

  private final String name;
  private final DeviceTraining training;
  private final NDManager manager;
  private final NDArray weights;
  private final NDArray gradients;
  private Prefetch batches;
  private Batch batch;

  SessionRacer(String name, String network, RunSettings.Weights kind, DataSet images, Device device)
      throws IOException {
    this.name = name;
    training = new DeviceTraining(network, kind, images, device);
    manager = NDManager.newBaseManager(device);
    int size = state().order().size();
    weights = manager.zeros(new Shape(size));
    float[] values = new float[size];
    Arrays.fill(values, GRADIENT);
    gradients = manager.create(values);
  }

  private DeviceState state() {
    return (DeviceState) training.session().state();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void prepare(int size) {
    forget();
    batches = training.batches(size, 1, Augmentation.NONE);
    batch = batches.next();
  }

  private void forget() {
    if (batches != null) {
      batches.close();
    }
  }

  @Override
  public void steps(int count) {
    for (int i = 0; i < count; i++) {
      training.session().step(batch, i);
    }
  }

  @Override
  public void updates(int count) {
    double[] rates = new double[state().parameters().size()];
    for (int i = 0; i < count; i++) {
      state().step(gradients, weights, rates);
    }
  }

  @Override
  public void close() {
    forget();
    manager.close();
    training.close();
  }
}
