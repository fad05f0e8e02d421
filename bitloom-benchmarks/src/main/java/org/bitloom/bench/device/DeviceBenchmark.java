package org.bitloom.bench.device;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.bitloom.session.engine.Devices;

/** The command {@code ./bitloom-bench device}: training on a device of the engine, part by part. */
public final class DeviceBenchmark {
  private static final Map<String, Part> PARTS = parts();

  /** A part of the benchmark. */
  private interface Part {
    void run(DeviceOptions options, Rows rows) throws IOException;
  }

  private DeviceBenchmark() {}

  private static Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("twins", DeviceTwins::run);
    parts.put("repeat", RepeatedGradients::run);
    parts.put("memory", DeviceMemory::run);
    parts.put("parallel", ParallelTrainings::run);
    parts.put("steps", DeviceSteps::run);
    return parts;
  }

  /**
   * Runs the parts that the words ask for, and exits by 1 if something does not hold that must.
   *
   * @return false, without doing anything, if the words are wrong
   */
  public static boolean run(PrintStream out, List<String> words) throws IOException {
    Optional<DeviceOptions> parsed = DeviceOptions.parse(words);
    if (parsed.isEmpty()) {
      return false;
    }
    DeviceOptions options = parsed.get();
    if (options.part().equals(ParallelTrainings.CHILD)) {
      ParallelTrainings.train(options, out);
      return true;
    }
    if (!options.part().isEmpty() && !PARTS.containsKey(options.part())) {
      return false;
    }
    int threads = BenchmarkMachine.prepare();
    JniUtils.setGradMode(false);
    out.printf(
        Locale.ROOT,
        "%s; %s%n%n",
        Devices.describe(Devices.of(options.device())),
        BenchmarkMachine.describe(threads));
    Rows rows = new Rows(out);
    rows.head();
    for (Map.Entry<String, Part> part : PARTS.entrySet()) {
      if (options.part().isEmpty() || options.part().equals(part.getKey())) {
        part.getValue().run(options, rows);
      }
    }
    out.println("complete"); // a crash exits by 1 too
    if (rows.hasFailed()) {
      System.exit(1);
    }
    return true;
  }
}
