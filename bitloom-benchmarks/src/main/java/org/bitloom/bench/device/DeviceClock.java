package org.bitloom.bench.device;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Times work on a device from when it is idle to when it is idle again. */
final class DeviceClock implements AutoCloseable {
  private final NDManager manager;
  private final NDArray probe;

  DeviceClock(Device device) {
    manager = NDManager.newBaseManager(device);
    probe = manager.create(1f);
  }

  /** Waits for all work that the device was given: what is read comes after it. */
  void await() {
    probe.toFloatArray();
  }

  /** Returns the nanoseconds of some work. */
  double nanos(Runnable work) {
    await();
    long begin = System.nanoTime();
    work.run();
    await();
    return System.nanoTime() - begin;
  }

  @Override
  public void close() {
    manager.close();
  }
}
