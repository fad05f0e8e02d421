package org.bitloom.session.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the engine is, and what it sees.
 *
 * @param name of the engine
 * @param version of its native library
 * @param djl version of the library around it
 * @param library folder that the native library was loaded from
 * @param devices the processor, then the GPUs
 * @param cuda its version if there is a GPU, else why there is none
 */
public record EngineFacts(
    String name,
    String version,
    String djl,
    Path library,
    List<EngineDevice> devices,
    CudaFacts cuda) {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  public EngineFacts {
    devices = List.copyOf(devices);
  }

  /**
   * A device of the engine.
   *
   * @param id as {@code --device} names it
   * @param name of the hardware; empty = unknown
   * @param memoryBytes of its own; empty for the processor
   * @param computeCapability of a GPU, such as {@code 9.0}; empty for the processor
   */
  public record EngineDevice(
      String id, Optional<String> name, OptionalLong memoryBytes, String computeCapability) {}

  /**
   * What the engine knows of CUDA.
   *
   * @param version such as {@code 12.8}; empty = there is no GPU
   * @param problem why there is none; empty = there is one
   * @param advice what to do to get one; empty = there is one
   */
  public record CudaFacts(Optional<String> version, String problem, String advice) {}

  /**
   * Loads the engine and asks it.
   *
   * @throws org.bitloom.error.FailureException if it cannot be loaded
   */
  public static EngineFacts read() {
    Engine engine = Engines.load();
    List<EngineDevice> devices = new ArrayList<>();
    devices.add(new EngineDevice("cpu", Optional.empty(), OptionalLong.empty(), ""));
    for (int index = 0; index < engine.getGpuCount(); index++) {
      devices.add(gpu(index));
    }
    return new EngineFacts(
        engine.getEngineName(),
        engine.getVersion(),
        Engine.getDjlVersion(),
        Path.of(LibUtils.getLibtorchPath()),
        devices,
        cuda(engine.hasCapability(StandardCapabilities.CUDA), engine.getGpuCount()));
  }

  private static EngineDevice gpu(int index) {
    String digits = CudaUtils.getComputeCapability(index); // "90" is 9.0
    int point = digits.length() - 1;
    return new EngineDevice(
        "gpu" + index,
        Devices.gpuName(index),
        OptionalLong.of(CudaUtils.getGpuMemory(Device.gpu(index)).getMax()),
        digits.substring(0, point) + "." + digits.substring(point));
  }

  private static CudaFacts cuda(boolean built, int gpus) {
    if (gpus > 0) {
      return new CudaFacts(Optional.of(cudaVersion()), "", "");
    }
    if (!built) {
      return none("the engine's library is one for the CPU", "docs/gpu.md says how to get another");
    }
    if (!Files.exists(DRIVER)) {
      return none("NVIDIA's driver is not loaded", "install it; nvidia-smi must list the GPU");
    }
    try {
      cudaVersion();
    } catch (IllegalStateException | LinkageError e) {
      return none(
          "libcudart.so is not found",
          "make a link of that name in the folder of -Djna.library.path, see docs/gpu.md");
    } catch (EngineException e) {
      return none(e.getMessage(), "see docs/gpu.md");
    }
    return none(
        "CUDA sees no GPU",
        "nvidia-smi must list one, its driver must be new enough for the CUDA of the library, and"
            + " CUDA_VISIBLE_DEVICES must not hide it");
  }

  private static CudaFacts none(String problem, String advice) {
    return new CudaFacts(Optional.empty(), problem, advice);
  }

  private static String cudaVersion() {
    int version = CudaUtils.getCudaVersion(); // 12080 is 12.8
    return version / 1000 + "." + version / 10 % 100;
  }
}
