package org.bitloom.bench.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link KernelBenchmark} and prints the twins side by side. */
public final class KernelTwins {
  private final PrintStream out;

  /**
   * A mean, or a ratio of two, and how far it may be off.
   *
   * @param error half of the 99.9 % confidence interval
   */
  record Estimate(double value, double error) {
    static Estimate of(Result<?> result) {
      return new Estimate(result.getScore(), result.getScoreError());
    }

    /** Returns this / another; its error is the largest that the two of them allow. */
    Estimate over(Estimate other) {
      double ratio = value / other.value;
      return new Estimate(ratio, ratio * (error / value + other.error / other.value));
    }

    /** Returns {@code 5228 ± 31}. */
    String text(int decimals) {
      String number = "%." + decimals + "f";
      return String.format(Locale.ROOT, number + " ± " + number, value, error);
    }
  }

  public KernelTwins(PrintStream out) {
    this.out = out;
  }

  public void print() throws IOException {
    out.printf(
        Locale.ROOT,
        "%n%,d weights, one thread, JMH in %d processes of their own each;"
            + " us per update, mean ± 99.9 %% confidence%n",
        KernelBenchmark.WEIGHTS,
        KernelBenchmark.PROCESSES);
    Map<String, Estimate> scalar = new LinkedHashMap<>();
    Map<String, Estimate> vector = new LinkedHashMap<>();
    for (RunResult result : results()) {
      var parameters = result.getParams();
      String name = parameters.getParam("rule") + " " + parameters.getParam("layout");
      boolean isVector = parameters.getParam("kernels").equals("vector");
      (isVector ? vector : scalar).put(name, Estimate.of(result.getPrimaryResult()));
    }
    out.printf(Locale.ROOT, "%-22s %15s %15s %15s%n", "", "scalar", "vector", "times faster");
    scalar.forEach((name, slow) -> print(name, slow, vector.get(name)));
  }

  private void print(String name, Estimate slow, Estimate fast) {
    String faster = slow.over(fast).text(2);
    out.printf(Locale.ROOT, "%-22s %15s %15s %15s%n", name, slow.text(0), fast.text(0), faster);
  }

  private static Collection<RunResult> results() throws IOException {
    Path log = Files.createTempFile("bitloom-jmh", ".log"); // each process warns of the incubator
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(KernelBenchmark.class.getName())
                  .output(log.toString())
                  .shouldFailOnError(true)
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new IOException("benchmark must run to its end, it failed: " + e.getMessage(), e);
    } finally {
      Files.delete(log);
    }
  }
}
