package org.bitloom.session;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.settings.DeviceChoice;

/** Finds the devices of the engine. */
public final class Devices {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");
  private static final String MODEL = "Model:";

  private Devices() {}

  /**
   * Returns the GPU that a choice means; empty = the processor.
   *
   * @throws UsageException if a GPU is asked for that the engine does not see
   */
  public static Optional<Device> of(DeviceChoice choice) {
    if (choice.kind() == DeviceChoice.Kind.CPU) {
      return Optional.empty();
    }
    int count = Engine.getInstance().getGpuCount();
    if (choice.kind() == DeviceChoice.Kind.AUTO) {
      return count > 0 ? Optional.of(Device.gpu(0)) : Optional.empty();
    }
    if (choice.index() >= count) {
      throw new UsageException(
          "device "
              + choice
              + " must be a GPU that the engine sees, it sees "
              + (count == 0 ? "none" : count + ", the first is gpu0"),
          "./bitloom engine says how to get one; --device cpu trains without");
    }
    return Optional.of(Device.gpu(choice.index()));
  }

  /** Returns how a device is recorded: {@code cpu}, or {@code gpu0 NVIDIA H200}. */
  public static String describe(Optional<Device> device) {
    if (device.isEmpty() || !device.get().isGpu()) {
      return "cpu";
    }
    int index = device.get().getDeviceId();
    List<String> names = gpuNames();
    return "gpu" + index + (index < names.size() ? " " + names.get(index) : "");
  }

  /** Returns the names of the GPUs as the driver tells them, in the order of their bus; or none. */
  static List<String> gpuNames() {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(DRIVER)) {
      try (Stream<Path> gpus = Files.list(DRIVER)) {
        for (Path gpu : gpus.sorted().toList()) {
          Files.readAllLines(gpu.resolve("information")).stream()
              .filter(line -> line.startsWith(MODEL))
              .forEach(line -> names.add(line.substring(MODEL.length()).strip()));
        }
      } catch (IOException | UncheckedIOException e) {
        return List.of(); // a name is worth no failure
      }
    }
    return names;
  }
}
