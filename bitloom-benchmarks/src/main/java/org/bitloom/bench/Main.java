package org.bitloom.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The command {@code ./bitloom-bench step|kernel}. */
public final class Main {
  private Main() {}

  /** Runs one benchmark and prints its table. */
  public static void main(String[] args) throws RunnerException {
    switch (args.length == 1 ? args[0] : "") {
      case "step" -> new StepBenchmark(System.out).run();
      case "kernel" ->
          new Runner(new OptionsBuilder().include(KernelBenchmark.class.getName()).build()).run();
      default -> {
        System.err.println(
            """
            usage: ./bitloom-bench step|kernel
              step    time of a training step against float training, same process, interleaved
              kernel  time of an update alone, scalar and vector kernels (JMH)""");
        System.exit(2);
      }
    }
  }
}
