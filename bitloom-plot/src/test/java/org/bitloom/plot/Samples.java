package org.bitloom.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Results to draw: the shape of published ones, the spread over seeds made up. */
final class Samples {
  static final Caption CAPTION =
      new Caption(
          "Accuracy against trained bits, ResNet-20 on CIFAR-10",
          "ResNet-20",
          "CIFAR-10",
          "1..3",
          "./bitloom sweep --net resnet20 --data cifar10 --augment shift10+flip --batch 64 --bits"
              + " 2,4,6,8,16,32 --masks top1..top4,all --float --seeds 1..3 --schedule"
              + " \"40x9e-4,40x9e-5,20x9e-6\" --out sweeps/figure-7");

  /**
   * Mean test accuracy in percent of arXiv:2202.09571, Figure 7: depth, then top 1, 2, 3, 4, all.
   */
  private static final double[][] ACCURACY = {
    {2, 88.22, 87.49},
    {4, 86.80, 89.42, 89.28, 88.25},
    {6, 86.52, 89.49, 89.59, 89.49, 88.06},
    {8, 86.14, 89.54, 89.82, 89.75, 88.04},
    {16, 86.4, 89.62, 89.85, 89.71, 87.85},
    {32, 86.43, 89.60, 89.86, 89.77, 87.92}
  };

  /** Non-zero weights in percent, in the same order; what the paper does not print is estimated. */
  private static final double[][] NON_ZERO = {
    {2, 100, 32.0},
    {4, 100, 91.2, 71.3, 30.4},
    {6, 100, 98.0, 93.4, 84.1, 27.0},
    {8, 100, 99.5, 98.4, 96.1, 26.6},
    {16, 100, 100, 99.9, 99.9, 33.6},
    {32, 100, 100, 100, 100, 100}
  };

  private static final long SEED = 7;

  private Samples() {}

  static SweepResults paper() {
    return new SweepResults(paperPoints("", 0), floats("", 89.73, 0.2), CAPTION);
  }

  static List<SweepPoint> paperPoints(String group, double lower) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<SweepPoint> points = new ArrayList<>();
    for (int row = 0; row < ACCURACY.length; row++) {
      int depth = (int) ACCURACY[row][0];
      for (int i = 1; i < ACCURACY[row].length; i++) {
        int bits = i == ACCURACY[row].length - 1 ? depth : i;
        for (int seed = 1; seed <= 3; seed++) {
          double accuracy = ACCURACY[row][i] - lower + 0.2 * random.nextGaussian();
          double nonZero = Math.min(100, NON_ZERO[row][i] + 0.3 * random.nextGaussian());
          points.add(point(depth, top(depth, bits), group, seed, accuracy, nonZero));
        }
      }
    }
    return points;
  }

  static Map<String, List<Double>> floats(String group, double percent, double deviation) {
    return Map.of(
        group, List.of((percent - deviation) / 100, percent / 100, (percent + deviation) / 100));
  }

  /** All masks of a depth; a bit is worth less the less significant it is. */
  static SweepResults every(int depth, int seeds) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<SweepPoint> points = new ArrayList<>();
    for (int code = 1; code < 1 << depth; code++) {
      double missing = 0;
      for (int bit = 0; bit < depth; bit++) {
        missing += (code >> bit & 1) == 1 ? 0 : Math.pow(2, bit - depth + 1);
      }
      String mask = digits(code, depth);
      for (int seed = 1; seed <= seeds; seed++) {
        double accuracy = 98.1 - 6 * missing * missing + 0.08 * random.nextGaussian();
        double nonZero = 100 - 45 * missing * random.nextDouble(0.8, 1);
        points.add(point(depth, mask, "", seed, accuracy, nonZero));
      }
    }
    return new SweepResults(points, floats("", 98.3, 0.07), caption("every mask, depth " + depth));
  }

  static SweepResults single(int depth, int seeds) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<SweepPoint> points = new ArrayList<>();
    for (int column = 0; column < depth; column++) {
      String mask = digits(1L << (depth - 1 - column), depth);
      for (int seed = 1; seed <= seeds; seed++) {
        double accuracy = 10 + 86.5 * Math.exp(-0.2 * column) + 0.4 * random.nextGaussian();
        points.add(point(depth, mask, "", seed, accuracy, 100 - 50 * Math.exp(-column)));
      }
    }
    return new SweepResults(points, floats("", 98.3, 0.07), caption("one bit, depth " + depth));
  }

  static Caption caption(String title) {
    return new Caption(title, "LeNet-300-100", "MNIST", "1..3", "./bitloom sweep --net lenet300");
  }

  static SweepPoint point(
      int depth, String mask, String group, long seed, double accuracy, double nonZero) {
    return new SweepPoint(depth, mask, group, seed, accuracy / 100, nonZero / 100);
  }

  static String top(int depth, int bits) {
    return "1".repeat(bits) + "0".repeat(depth - bits);
  }

  private static String digits(long code, int depth) {
    String text = Long.toBinaryString(code);
    return "0".repeat(depth - text.length()) + text;
  }
}
