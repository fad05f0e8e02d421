package org.bitloom.bench.device;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bitloom.settings.DeviceChoice;

/**
 * What is measured, where and for how long.
 *
 * @param part of the benchmark, {@code steps}; empty = all
 * @param device of the engine, {@code cpu} or {@code gpuN}
 * @param networks to time steps of
 * @param seconds that one table of steps, or one set of processes, may be watched
 * @param quick whether everything is as small as can be, to try the benchmark out
 */
record DeviceOptions(
    String part, DeviceChoice device, List<String> networks, double seconds, boolean quick) {
  private static final List<String> NETWORKS = List.of("resnet20", "conv6");
  private static final double SECONDS = 12;
  private static final double QUICK_SECONDS = 1;
  private static final List<Integer> BATCHES = List.of(128, 64, 512);

  /** Reads the words of the command; empty if they are wrong. */
  static Optional<DeviceOptions> parse(List<String> words) {
    String part = "";
    DeviceChoice device = DeviceChoice.CPU;
    List<String> networks = new ArrayList<>();
    double seconds = 0;
    boolean quick = false;
    for (Iterator<String> left = words.iterator(); left.hasNext(); ) {
      String word = left.next();
      if (word.equals("--quick")) {
        quick = true;
      } else if (!word.startsWith("-") && part.isEmpty()) {
        part = word;
      } else if (!left.hasNext()) {
        return Optional.empty();
      } else if (word.equals("--device")) {
        device = DeviceChoice.parse(left.next());
      } else if (word.equals("--net")) {
        networks.add(left.next());
      } else if (word.equals("--seconds")) {
        seconds = Double.parseDouble(left.next());
      } else {
        return Optional.empty();
      }
    }
    if (device.kind() == DeviceChoice.Kind.AUTO) {
      return Optional.empty();
    }
    if (networks.isEmpty()) {
      networks = quick ? NETWORKS.subList(0, 1) : NETWORKS;
    }
    double watched = seconds > 0 ? seconds : quick ? QUICK_SECONDS : SECONDS;
    return Optional.of(new DeviceOptions(part, device, List.copyOf(networks), watched, quick));
  }

  boolean isGpu() {
    return device.kind() == DeviceChoice.Kind.GPU;
  }

  /** Returns the device as the engine knows it. */
  Device engineDevice() {
    return isGpu() ? Device.gpu(device.index().orElse(0)) : Device.cpu();
  }

  /** Returns the batches to time steps of, the most telling one first. */
  List<Integer> batches() {
    if (quick) {
      return List.of(8);
    }
    return isGpu() ? BATCHES : List.of(64);
  }

  /** Returns the batch of the parts that look at one only. */
  int batch() {
    return quick ? 8 : 128;
  }

  /** Returns the steps of a turn; a device is waited for at the end of one. */
  int stepsPerTurn() {
    return isGpu() ? 10 : 1;
  }

  /** Returns the numbers of processes to train at once. */
  List<Integer> processes() {
    return quick ? List.of(1, 2) : List.of(1, 4, 8);
  }
}
