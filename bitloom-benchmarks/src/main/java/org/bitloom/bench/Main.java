package org.bitloom.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The command {@code ./bitloom-bench step|kernel|payload}. */
public final class Main {
  private Main() {}

  /** Runs one benchmark and prints its table. */
  public static void main(String[] args) throws IOException, RunnerException {
    String benchmark = args.length == 0 ? "" : args[0];
    if (benchmark.equals("kernel") && args.length == 1) {
      new Runner(new OptionsBuilder().include(KernelBenchmark.class.getName()).build()).run();
      return;
    }
    if (benchmark.equals("payload") && args.length == 1) {
      new PayloadBenchmark(System.out).run();
      return;
    }
    String network = args.length == 2 ? args[1] : "lenet300";
    Optional<StepBenchmark.Subject> subject =
        Arrays.stream(StepBenchmark.Subject.values())
            .filter(known -> known.network.equals(network))
            .findFirst();
    if (!benchmark.equals("step") || args.length > 2 || subject.isEmpty()) {
      System.err.println(
          """
          usage: ./bitloom-bench step [lenet300|conv4|resnet20]
                 ./bitloom-bench kernel
                 ./bitloom-bench payload
            step    time of a training step against float training, same process, interleaved
            kernel  time of an update alone, scalar and vector kernels (JMH)
            payload payload into bit strings and out, beside a plain copy of the same bytes""");
      System.exit(2);
    }
    new StepBenchmark(System.out, subject.get()).run();
  }
}
