package org.bitloom.bench.device;

import static java.util.stream.Collectors.joining;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.data.Augmentation;
import org.bitloom.session.batch.Batch;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.UpdateRule;

/** Compares the memory in use after step 10 with that after step 2,000. */
final class DeviceMemory {
  private static final List<Integer> LOOKS = List.of(10, 20, 50, 200, 1_000);
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
      List<Long> used = new ArrayList<>();
      for (int step = 1; step <= last; step++) {
        Batch batch = batches.next();
        training.session().step(batch, step);
        if (LOOKS.contains(step) || step == last) {
          clock.await();
          used.add(used(device));
        }
      }
      training.session().seen();
      long grown = used.get(used.size() - 1) - used.get(0);
      String looks =
          used.stream().map(bytes -> Rows.text("%.1f", bytes / MEGA)).collect(joining(", "));
      rows.require(
          grown <= (device.isGpu() ? 0 : HOST_SLACK),
          "memory",
          Rows.text("resnet20, batch %d, steps %d to %d", options.batch(), LOOKS.get(0), last),
          grown == 0 ? "equal" : Rows.text("%+.1f MB", grown / MEGA),
          Rows.text(
              "%s: %s MB on the way",
              device.isGpu() ? "GPU, all processes" : "process, heap included", looks));
    }
  }

  private static long used(Device device) throws IOException {
    if (device.isGpu()) {
      return CudaUtils.getGpuMemory(device).getCommitted();
    }
    return PAGE * Long.parseLong(Files.readString(RESIDENT).split(" ", -1)[1]);
  }
}
