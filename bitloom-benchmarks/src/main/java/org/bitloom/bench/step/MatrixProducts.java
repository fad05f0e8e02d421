package org.bitloom.bench.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.bitloom.bench.measure.Median;

/** Measures how fast the engine multiplies, in operations per nanosecond, which is GFLOP/s. */
final class MatrixProducts {
  private static final int REPEATS = 15;
  private static final int PEAK_SIDE = 1024;
  private static final long SHORTEST_NANOS = 5_000_000;

  private final PrintStream out;

  MatrixProducts(PrintStream out) {
    this.out = out;
  }

  /** Prints the peak, and the products of a network's own shapes. */
  void print(TimedNetwork network) {
    out.printf(Locale.ROOT, "matrix products of the engine, GFLOP/s, medians of %d:%n", REPEATS);
    print("1024 x 1024 x 1024", square());
    List<Integer> units = network.units();
    for (int i = 1; i < units.size(); i++) {
      int in = units.get(i - 1);
      int unitsOut = units.get(i);
      String name = "forward " + TimedNetwork.BATCH + " x " + in + " x " + unitsOut;
      print(name, dense(in, unitsOut));
    }
    for (TimedNetwork.Filters filters : network.filters()) {
      print("forward of " + filters, convolution(filters));
    }
  }

  private void print(String name, double rate) {
    out.printf(Locale.ROOT, "  %-58s %8.1f%n", name, rate);
  }

  private static double square() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray left = manager.randomUniform(-1, 1, new Shape(PEAK_SIDE, PEAK_SIDE));
      NDArray right = left.duplicate();
      return rate(2.0 * PEAK_SIDE * PEAK_SIDE * PEAK_SIDE, () -> left.matMul(right));
    }
  }

  private static double dense(int in, int out) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = manager.randomUniform(-1, 1, new Shape(TimedNetwork.BATCH, in));
      NDArray weight = manager.randomUniform(-1, 1, new Shape(out, in));
      return rate(
          2.0 * TimedNetwork.BATCH * in * out,
          () -> Linear.linear(images, weight).singletonOrThrow());
    }
  }

  private static double convolution(TimedNetwork.Filters filters) {
    int in = filters.in();
    int side = filters.side();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = manager.randomUniform(-1, 1, new Shape(TimedNetwork.BATCH, in, side, side));
      NDArray weight = manager.randomUniform(-1, 1, new Shape(filters.out(), in, 3, 3));
      Shape one = new Shape(1, 1);
      return rate(
          2.0 * TimedNetwork.BATCH * side * side * in * filters.out() * 9,
          () -> Conv2d.conv2d(images, weight, null, one, one, one, 1).singletonOrThrow());
    }
  }

  private static double rate(double operations, Supplier<NDArray> product) {
    double[] rates = new double[REPEATS];
    for (int i = -1; i < REPEATS; i++) { // the first readies the engine
      long begin = System.nanoTime();
      long nanos = 0;
      int times = 0;
      while (nanos < SHORTEST_NANOS) {
        product.get().close();
        times++;
        nanos = System.nanoTime() - begin;
      }
      rates[Math.max(0, i)] = operations * times / nanos;
    }
    return Median.of(rates);
  }
}
