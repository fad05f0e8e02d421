package org.bitloom.bench;

import ai.djl.engine.Engine;
import java.util.Locale;
import org.bitloom.update.KernelChoice;

/** Readies the engine and says what a table was measured on. */
final class Machine {
  private Machine() {}

  /** Loads the engine with a thread per processor and returns their number. */
  static int prepare() {
    int threads = Runtime.getRuntime().availableProcessors();
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    Engine.getInstance();
    return threads;
  }

  /** Returns threads, kernels, engine and Java in one line. */
  static String describe(int threads) {
    Engine engine = Engine.getInstance();
    return String.format(
        Locale.ROOT,
        "%d threads, %s kernels, %s %s, DJL %s, Java %s",
        threads,
        KernelChoice.chosen().name(),
        engine.getEngineName(),
        engine.getVersion(),
        Engine.getDjlVersion(),
        Runtime.version());
  }
}
