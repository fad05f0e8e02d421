package org.bitloom.bench.measure;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.bitloom.update.kernel.KernelChoice;

/** Readies the engine and says what a table was measured on. */
public final class BenchmarkMachine {
  private BenchmarkMachine() {}

  /** Loads the engine with a thread per processor and returns their number. */
  public static int prepare() {
    int threads = Runtime.getRuntime().availableProcessors();
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    Engine.getInstance();
    return threads;
  }

  /** Returns the name of the processor, or its kind where the system does not tell. */
  public static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** Returns threads, kernels, engine and Java in one line. */
  public static String describe(int threads) {
    Engine engine = Engine.getInstance();
    return String.format(
        Locale.ROOT,
        "%s, %d threads, %s kernels, %s %s, DJL %s, Java %s",
        processor(),
        threads,
        KernelChoice.chosen().name(),
        engine.getEngineName(),
        engine.getVersion(),
        Engine.getDjlVersion(),
        Runtime.version());
  }
}
