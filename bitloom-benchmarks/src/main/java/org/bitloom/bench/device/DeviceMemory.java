package org.bitloom.bench.device;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.bits.BitMask;
import org.bitloom.data.Augmentation;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.UpdateRule;

/** Compares the memory in use after step 10 and after step 2,000. */
final class DeviceMemory {
  private static final int FIRST = 10;
  private static final int LAST = 2_000;
  private static final int QUICK_LAST = 60;
  private static final double MEGA = 1e6;

  /** The processor's memory holds the Java heap too, which comes and goes. */
  private static final long HOST_SLACK = 100_000_000;

  private static final Path RESIDENT = Path.of("/proc/self/statm");
  private static final int PAGE = 4096;

  private DeviceMemory() {}

  static void run(DeviceOptions options, Rows rows) throws IOException {
    Device device = options.engineDevice();
    int last = options.quick() ? QUICK_LAST : LAST;
    RunSettings.Weights weights =
        new RunSettings.BitWeights(6, BitMask.parse("top3"), UpdateRule.COUPLED, 0);
    try (DeviceTraining training =
            new DeviceTraining("resnet20", weights, MadeUpImages.of(1024), device);
        Prefetch batches =
            training.batches(options.batch(), last, Augmentation.parse("shift10+flip"));
        DeviceClock clock = new DeviceClock(device)) {
      long first = 0;
      for (int step = 1; step <= last; step++) {
        Batch batch = batches.next();
        training.session().step(batch, step);
        if (step == FIRST) {
          clock.await();
          first = used(device);
        }
      }
      training.session().seen();
      long grown = used(device) - first;
      rows.require(
          grown <= (device.isGpu() ? 0 : HOST_SLACK),
          "memory",
          "resnet20, batch " + options.batch(),
          grown == 0 ? "equal" : Rows.text("%+.1f MB", grown / MEGA),
          Rows.text(
              "%s after step %d: %.1f MB, compared with step %d",
              device.isGpu() ? "GPU, all processes," : "process, heap included,",
              FIRST,
              first / MEGA,
              last));
    }
  }

  private static long used(Device device) throws IOException {
    if (device.isGpu()) {
      return CudaUtils.getGpuMemory(device).getCommitted();
    }
    return PAGE * Long.parseLong(Files.readString(RESIDENT).split(" ")[1]);
  }
}
