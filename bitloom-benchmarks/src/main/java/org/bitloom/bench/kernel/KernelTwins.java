package org.bitloom.bench.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link KernelBenchmark} and prints the twins side by side. */
public final class KernelTwins {
  private final PrintStream out;

  private static final class Pair {
    private double scalar;
    private double vector;
  }

  public KernelTwins(PrintStream out) {
    this.out = out;
  }

  public void print() throws RunnerException, IOException {
    out.printf(
        Locale.ROOT,
        "%n%,d weights, one thread, JMH in processes of their own; us per update%n",
        KernelBenchmark.WEIGHTS);
    Map<String, Pair> pairs = new LinkedHashMap<>();
    for (RunResult result : results()) {
      var parameters = result.getParams();
      String name = parameters.getParam("rule") + " " + parameters.getParam("layout");
      Pair pair = pairs.computeIfAbsent(name, unseen -> new Pair());
      double score = result.getPrimaryResult().getScore();
      if (parameters.getParam("kernels").equals("scalar")) {
        pair.scalar = score;
      } else {
        pair.vector = score;
      }
    }
    out.printf(Locale.ROOT, "%-22s %10s %10s %10s%n", "", "scalar", "vector", "faster");
    pairs.forEach(
        (name, pair) ->
            out.printf(
                Locale.ROOT,
                "%-22s %10.0f %10.0f %9.2fx%n",
                name,
                pair.scalar,
                pair.vector,
                pair.scalar / pair.vector));
  }

  private static Collection<RunResult> results() throws RunnerException, IOException {
    Path log = Files.createTempFile("bitloom-jmh", ".log"); // each process warns of the incubator
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(KernelBenchmark.class.getName())
                  .output(log.toString())
                  .shouldFailOnError(true)
                  .build())
          .run();
    } finally {
      Files.delete(log);
    }
  }
}
