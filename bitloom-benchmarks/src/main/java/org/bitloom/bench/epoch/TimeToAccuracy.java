package org.bitloom.bench.epoch;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bitloom.error.FailureException;
import org.bitloom.io.Json;

/**
 * Times {@code ./bitloom train}, as a process of its own, from its start to the line of
 * metrics.jsonl that tells of the wanted accuracy: start of the JVM, images, engine, training and
 * checkpoints included.
 */
final class TimeToAccuracy {
  /** Settings that come to 98 % on MNIST soon, after some trials. */
  private static final List<String> SETTINGS =
      List.of(
          "--bits", "6", "--mask", "top3", "--batch", "256", "--schedule", "4x3e-3,1x6e-4,1x1e-4");

  private static final long POLL_MILLIS = 5;
  private static final double NANO = 1e-9;

  private final PrintStream out;
  private final Path launcher;

  TimeToAccuracy(PrintStream out) {
    this.out = out;
    String classPath = System.getProperty("java.class.path");
    int end = classPath.indexOf(File.pathSeparatorChar);
    Path jar = Path.of(end < 0 ? classPath : classPath.substring(0, end));
    Path target = jar.toAbsolutePath().getParent();
    this.launcher = target.resolve("../../bitloom").normalize();
  }

  /**
   * Trains until the test accuracy is reached, and prints the seconds of every epoch.
   *
   * @param wanted 0..1
   * @return whether it was reached
   */
  boolean run(double wanted) throws IOException {
    if (!Files.isExecutable(launcher)) {
      throw new FailureException(
          "the launcher must lie beside the modules, found no " + launcher,
          "start this benchmark with ./bitloom-bench");
    }
    Path folder = Files.createTempDirectory("bitloom-to");
    try {
      end(start(folder, List.of("train", "--help"))); // builds what is to be built
      out.println("./bitloom train " + String.join(" ", SETTINGS));
      return reached(folder, wanted);
    } finally {
      EpochBenchmark.delete(folder);
    }
  }

  private boolean reached(Path folder, double wanted) throws IOException {
    Path run = folder.resolve("run");
    Path metrics = run.resolve("metrics.jsonl");
    List<String> words = new ArrayList<>(List.of("train", "--quiet", "--out", run.toString()));
    words.addAll(SETTINGS);
    long begin = System.nanoTime();
    Process process = start(folder, words);
    int told = 0;
    boolean ended = false;
    try {
      while (!ended) {
        ended = ends(process, POLL_MILLIS);
        List<String> lines = Files.exists(metrics) ? Files.readAllLines(metrics) : List.of();
        for (; told < lines.size(); told++) {
          double seconds = (System.nanoTime() - begin) * NANO;
          double accuracy = accuracy(lines.get(told));
          out.printf(
              Locale.ROOT, "%7.2f s: epoch %d, %.2f %%%n", seconds, told + 1, 100 * accuracy);
          if (accuracy >= wanted) {
            return true;
          }
        }
      }
      return false;
    } finally {
      process.destroy();
      end(process);
    }
  }

  private Process start(Path folder, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("BITLOOM_MODULE");
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  private static void end(Process process) {
    ends(process, Long.MAX_VALUE);
  }

  private static boolean ends(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a run trained", e);
    }
  }

  private static double accuracy(String line) {
    return (Double) ((Map<?, ?>) Json.parse(line)).get("testAccuracy");
  }
}
