package org.bitloom.settings;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Where a run shall compute, in the words of users: {@code auto}, {@code cpu}, {@code gpu} or
 * {@code gpuN}.
 *
 * @param kind of device
 * @param index of the GPU, from 0; empty = whichever, or no GPU at all
 */
public record DeviceChoice(Kind kind, OptionalInt index) {
  /** A GPU if the engine sees one, else the processor. */
  public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, OptionalInt.empty());

  /** The processor. */
  public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, OptionalInt.empty());

  private static final Pattern GPU = Pattern.compile("gpu([0-9]{0,3})");

  /** Kinds of devices. */
  public enum Kind {
    /** Left to the engine. */
    AUTO,
    /** The processor. */
    CPU,
    /** A GPU, which must be there. */
    GPU
  }

  /** Returns the choice of one GPU, from 0. */
  public static DeviceChoice gpu(int index) {
    return new DeviceChoice(Kind.GPU, OptionalInt.of(index));
  }

  /** Reads {@code auto}, {@code cpu}, {@code gpu}, {@code gpu0}, {@code gpu1} and so on. */
  public static DeviceChoice parse(String text) {
    Matcher gpu = GPU.matcher(text);
    if (gpu.matches()) {
      String index = gpu.group(1);
      return index.isEmpty()
          ? new DeviceChoice(Kind.GPU, OptionalInt.empty())
          : gpu(Integer.parseInt(index));
    }
    return switch (text) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      default ->
          throw new UsageException(
              "device must be auto, cpu, gpu or gpuN such as gpu1, got '" + text + "'",
              "./bitloom engine lists the devices");
    };
  }

  /** Returns the word that {@link #parse} reads. */
  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case GPU -> "gpu" + (index.isPresent() ? index.getAsInt() : "");
    };
  }
}
