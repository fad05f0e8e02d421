package org.bitloom.cli.command;

import org.bitloom.settings.DeviceChoice;
import picocli.CommandLine.Option;

/** The option that says where to compute. */
public final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "auto, cpu, gpu or gpuN such as gpu1 (default: auto, a GPU if the engine sees one).")
  private String device = "auto";

  /**
   * Returns what was chosen.
   *
   * @throws org.bitloom.error.UsageException if it is no word for a device
   */
  public DeviceChoice choice() {
    return DeviceChoice.parse(device);
  }

  /** Returns the words that choose the same device in another command, blank first; or nothing. */
  public String words() {
    return device.equals("auto") ? "" : " --device " + device;
  }
}
