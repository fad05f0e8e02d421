package org.bitloom.session.engine;

import ai.djl.engine.EngineException;
import org.bitloom.error.FailureException;
import org.bitloom.session.memory.MemoryLimits;

/** Tells in plain words that a device ran out of memory, or works no more. */
public final class DeviceFailure {
  private static final String FULL_HINT =
      "use a smaller --batch, smaller images (--resize) or a smaller network, or end other"
          + " programs";

  private DeviceFailure() {}

  /**
   * Returns an error of training itself, unless it comes from a device.
   *
   * @param device that was computing, as it is recorded
   * @param batch images of a step
   */
  public static RuntimeException training(RuntimeException error, String device, int batch) {
    return explain(
        error,
        "memory of "
            + device
            + " must hold the network and what it makes of a batch of "
            + batch
            + " images",
        "lower --batch in a new run, or end other programs on the device and --resume this one",
        device);
  }

  /** Returns an error of an evaluation itself, unless it comes from a device. */
  public static RuntimeException evaluation(RuntimeException error, String device) {
    return explain(
        error,
        "memory of " + device + " must hold the network and what it makes of its images",
        "end other programs on the device, or choose --device cpu",
        device);
  }

  private static RuntimeException explain(
      RuntimeException error, String need, String hint, String device) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      if (cause instanceof EngineException && text.contains("out of memory")) {
        return failure(need + ", found " + text, hint, error);
      }
      if (cause instanceof EngineException && isFull(text)) {
        return failure(need + ", found " + MemoryLimits.here() + ": " + text, FULL_HINT, error);
      }
      if (cause instanceof EngineException && isBroken(text)) {
        return failure(
            device + " must go on computing, found " + text,
            "look at nvidia-smi and the messages of the kernel, then try again or --resume the run",
            error);
      }
    }
    return error;
  }

  /** Says whether the engine's allocator of ordinary memory was refused. */
  private static boolean isFull(String text) {
    return text.contains("DefaultCPUAllocator")
        || text.contains("not enough memory")
        || text.contains("annot allocate memory");
  }

  private static boolean isBroken(String text) {
    return text.contains("CUDA error") || text.contains("CUDNN_STATUS") || text.contains("CUBLAS");
  }

  private static FailureException failure(String message, String hint, RuntimeException cause) {
    FailureException failure = new FailureException(message, hint);
    failure.initCause(cause);
    return failure;
  }
}
