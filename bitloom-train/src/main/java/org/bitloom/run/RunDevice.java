package org.bitloom.run;

import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.bitloom.error.FailureException;
import org.bitloom.settings.DeviceChoice;

/**
 * What a run computed on, in the words of config.json.
 *
 * @param text {@code cpu}, {@code gpu0} with the name of the GPU, or several of them in the order
 *     of their use: {@code gpu0 NVIDIA H200, then cpu}
 */
public record RunDevice(String text) {
  static final String KEY = "device";
  private static final String THEN = ", then ";

  /** Returns the one that the run computed on last. */
  private String last() {
    int at = text.lastIndexOf(THEN);
    return at < 0 ? text : text.substring(at + THEN.length());
  }

  private static boolean isGpu(String device) {
    return device.startsWith("gpu");
  }

  /**
   * Returns where the run shall go on: where the user says, else on the same kind of device.
   *
   * @param gpus tells how many GPUs there are; asked only if need be
   * @throws FailureException if that is a GPU, and there is none
   */
  DeviceChoice choice(DeviceChoice given, IntSupplier gpus) {
    if (given.kind() != DeviceChoice.Kind.AUTO) {
      return given;
    }
    if (!isGpu(last())) {
      return DeviceChoice.CPU;
    }
    int found = gpus.getAsInt();
    if (found == 0) {
      throw new FailureException(
          "a run must go on on the kind of device it was on, "
              + last()
              + ", the engine sees no GPU",
          "./bitloom engine says how to get one; --device cpu goes on without, to other bytes");
    }
    DeviceChoice same = DeviceChoice.parse(last().split(" ", 2)[0]);
    return same.index().orElse(0) < found ? same : DeviceChoice.AUTO;
  }

  /**
   * Returns the record of a run that goes on.
   *
   * @param device that it goes on on
   * @param notices hears if the bytes will be others than those of a run that was not moved
   */
  RunDevice then(String device, Consumer<String> notices) {
    if (device.equals(last())) {
      return this;
    }
    notices.accept(
        "the run was on "
            + last()
            + " and goes on on "
            + device
            + ": its bytes will differ from those of a run that stays");
    return new RunDevice(text + THEN + device);
  }
}
