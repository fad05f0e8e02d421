package org.bitloom.session.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.network.Network;
import org.bitloom.network.OwnNetwork;
import org.bitloom.settings.DeviceChoice;

/** Finds the devices of the engine. */
public final class Devices {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");
  private static final String MODEL = "Model:";

  private Devices() {}

  /**
   * Returns the number of GPUs that the engine can use; loads it.
   *
   * @throws org.bitloom.error.FailureException if the engine cannot be loaded
   */
  public static int gpuCount() {
    return Engines.load().getGpuCount();
  }

  /**
   * Returns the GPU that a choice means for a network; empty = the processor.
   *
   * @param notices hears in a plain line why {@code auto} means the processor, if that is a
   *     surprise
   * @throws UsageException if a GPU is asked for that the engine does not see, or for a network
   *     that cannot be moved there
   */
  public static Optional<Device> of(
      DeviceChoice choice, Network network, Consumer<String> notices) {
    return of(choice, network, gpuCount(), notices);
  }

  /** Returns the same if the engine sees {@code gpus}. */
  static Optional<Device> of(
      DeviceChoice choice, Network network, int gpus, Consumer<String> notices) {
    Optional<Device> device = of(choice, gpus);
    boolean isOwn = network instanceof OwnNetwork;
    if (choice.kind() == DeviceChoice.Kind.GPU && isOwn) {
      throw new UsageException(
          "a network from a file must be computed on the CPU, its program is not bitloom's to move,"
              + " got device "
              + choice,
          "choose --device cpu");
    }
    if (choice.kind() == DeviceChoice.Kind.AUTO) {
      if (device.isPresent() && isOwn) {
        notices.accept("a network from a file computes on the CPU");
        return Optional.empty();
      }
      if (device.isEmpty() && EngineLibrary.configured().isGiven()) {
        notices.accept("the engine sees no GPU, going on on the CPU (./bitloom engine says why)");
      }
    }
    return device;
  }

  /**
   * Returns the GPU that a choice means; empty = the processor.
   *
   * @throws UsageException if a GPU is asked for that the engine does not see
   */
  public static Optional<Device> of(DeviceChoice choice) {
    return of(choice, gpuCount());
  }

  /** Returns the GPU that a choice means, if the engine sees {@code gpus}. */
  static Optional<Device> of(DeviceChoice choice, int gpus) {
    return switch (choice.kind()) {
      case CPU -> Optional.empty();
      case AUTO -> gpus > 0 ? Optional.of(Device.gpu(0)) : Optional.empty();
      case GPU -> {
        int index = choice.index().orElse(0);
        if (index >= gpus) {
          throw new UsageException(
              "device "
                  + choice
                  + " must be a GPU that the engine sees, it sees "
                  + (gpus == 0 ? "none" : gpus + ", the first is gpu0"),
              "./bitloom engine says how to get one; --device cpu does without");
        }
        yield Optional.of(Device.gpu(index));
      }
    };
  }

  /**
   * Returns the devices that runs at the same time share by turns: every GPU that the engine sees
   * where the choice leaves it open, else the choice alone. The engine is loaded only where it may
   * see a GPU.
   *
   * @throws UsageException if a GPU is asked for that the engine does not see
   */
  public static List<DeviceChoice> shared(DeviceChoice choice) {
    boolean mayBeGpu =
        choice.kind() == DeviceChoice.Kind.GPU
            || (choice.kind() == DeviceChoice.Kind.AUTO && EngineLibrary.configured().isGiven());
    return mayBeGpu ? shared(choice, gpuCount()) : List.of(choice);
  }

  /** Returns the same if the engine sees {@code gpus}. */
  static List<DeviceChoice> shared(DeviceChoice choice, int gpus) {
    if (of(choice, gpus).isEmpty() || choice.index().isPresent()) {
      return List.of(choice);
    }
    return IntStream.range(0, gpus).mapToObj(DeviceChoice::gpu).toList();
  }

  /** Returns the memory that a GPU has free, in bytes; empty for other choices. */
  public static OptionalLong freeBytes(DeviceChoice choice) {
    if (choice.kind() != DeviceChoice.Kind.GPU) {
      return OptionalLong.empty();
    }
    MemoryUsage memory = CudaUtils.getGpuMemory(of(choice).orElseThrow());
    return OptionalLong.of(memory.getMax() - memory.getUsed());
  }

  /** Returns how a device is recorded: {@code cpu}, or {@code gpu0 NVIDIA H200}. */
  public static String describe(Optional<Device> device) {
    if (device.isEmpty() || !device.get().isGpu()) {
      return "cpu";
    }
    int index = device.get().getDeviceId();
    return "gpu" + index + gpuName(index).map(name -> " " + name).orElse("");
  }

  /**
   * Returns the name of a GPU of the engine; empty if the driver tells none, or if GPUs differ:
   * CUDA counts them in another order than the driver.
   */
  static Optional<String> gpuName(int index) {
    List<String> names = gpuNames();
    return index < names.size() && names.stream().distinct().count() == 1
        ? Optional.of(names.get(index))
        : Optional.empty();
  }

  /** Returns the names of the GPUs as the driver tells them, in the order of their bus; or none. */
  private static List<String> gpuNames() {
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
