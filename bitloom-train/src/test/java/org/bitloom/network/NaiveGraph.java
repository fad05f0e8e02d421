package org.bitloom.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Window;

/**
 * Evaluates a graph for one sample, number by number, as the pages of the nodes say.
 *
 * @param parameters values by name
 */
record NaiveGraph(Graph graph, Map<String, float[]> parameters) {
  /** Returns one number for each class. */
  double[] run(double[] input) {
    Map<String, double[]> outputs = new HashMap<>();
    for (Node node : graph.nodes()) {
      outputs.put(
          node.name(),
          node instanceof Input
              ? input
              : run(node, node.inputs().stream().map(outputs::get).toList()));
    }
    return outputs.get(graph.output().name());
  }

  private double[] run(Node node, List<double[]> inputs) {
    double[] in = inputs.get(0);
    if (node instanceof Dense dense) {
      return dense(dense, in);
    } else if (node instanceof Convolution convolution) {
      return convolution(convolution, in);
    } else if (node instanceof BatchNorm norm) {
      return norm(norm, in);
    } else if (node instanceof Relu) {
      return Arrays.stream(in).map(x -> Math.max(0, x)).toArray();
    } else if (node instanceof MaxPool pool) {
      return pool(node, pool.window(), in, Double.NEGATIVE_INFINITY);
    } else if (node instanceof AveragePool pool) {
      return pool(node, pool.window(), in, 0);
    } else if (node instanceof GlobalAveragePool) {
      return average(in, shape(node).get(0));
    } else if (node instanceof Flatten) {
      return in;
    }
    assertAdd(node);
    double[] sum = new double[in.length];
    for (double[] other : inputs) {
      Arrays.setAll(sum, i -> sum[i] + other[i]);
    }
    return sum;
  }

  private static void assertAdd(Node node) {
    if (!(node instanceof Add)) {
      throw new AssertionError("node must be of a known kind, got " + node);
    }
  }

  private float[] parameter(Node node, String what) {
    return parameters.get(node.name() + "." + what);
  }

  private List<Integer> shape(Node node) {
    return graph.shapeOf(node.name());
  }

  private List<Integer> inputShape(Node node) {
    return graph.shapeOf(node.inputs().get(0));
  }

  private double[] dense(Dense dense, double[] in) {
    float[] weight = parameter(dense, "weight");
    double[] out = new double[dense.units()];
    for (int unit = 0; unit < out.length; unit++) {
      out[unit] = dense.bias() ? parameter(dense, "bias")[unit] : 0;
      for (int i = 0; i < in.length; i++) {
        out[unit] += (double) weight[unit * in.length + i] * in[i];
      }
    }
    return out;
  }

  /** Sees the pixels of one channel through a window; outside the image lies {@code around}. */
  private double[] seen(Node node, Window window, double[] in, int at, int channel, double around) {
    List<Integer> image = inputShape(node);
    int height = image.get(1);
    int width = image.get(2);
    int columns = shape(node).get(2);
    double[] seen = new double[window.size().height() * window.size().width()];
    for (int i = 0; i < seen.length; i++) {
      int y =
          at / columns * window.stride().height()
              - window.padding().height()
              + i / window.size().width();
      int x =
          at % columns * window.stride().width()
              - window.padding().width()
              + i % window.size().width();
      boolean inside = y >= 0 && y < height && x >= 0 && x < width;
      seen[i] = inside ? in[(channel * height + y) * width + x] : around;
    }
    return seen;
  }

  private double[] convolution(Convolution node, double[] in) {
    int places = shape(node).get(1) * shape(node).get(2);
    int channels = inputShape(node).get(0) / node.groups();
    int filtersPerGroup = node.filters() / node.groups();
    float[] weight = parameter(node, "weight");
    double[] out = new double[node.filters() * places];
    for (int o = 0; o < out.length; o++) {
      int filter = o / places;
      out[o] = node.bias() ? parameter(node, "bias")[filter] : 0;
      for (int c = 0; c < channels; c++) {
        int channel = filter / filtersPerGroup * channels + c;
        double[] seen = seen(node, node.window(), in, o % places, channel, 0);
        for (int i = 0; i < seen.length; i++) {
          out[o] += weight[(filter * channels + c) * seen.length + i] * seen[i];
        }
      }
    }
    return out;
  }

  private double[] pool(Node node, Window window, double[] in, double around) {
    int places = shape(node).get(1) * shape(node).get(2);
    double[] out = new double[shape(node).get(0) * places];
    for (int o = 0; o < out.length; o++) {
      double[] seen = seen(node, window, in, o % places, o / places, around);
      out[o] =
          node instanceof MaxPool
              ? Arrays.stream(seen).max().getAsDouble()
              : Arrays.stream(seen).sum() / seen.length;
    }
    return out;
  }

  private static double[] average(double[] in, int channels) {
    int pixels = in.length / channels;
    double[] out = new double[channels];
    for (int i = 0; i < in.length; i++) {
      out[i / pixels] += in[i] / pixels;
    }
    return out;
  }

  private double[] norm(BatchNorm norm, double[] in) {
    int pixels = in.length / shape(norm).get(0);
    double[] out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int c = i / pixels;
      double variance = parameter(norm, "runningVariance")[c] + norm.epsilon();
      double normal = (in[i] - parameter(norm, "runningMean")[c]) / Math.sqrt(variance);
      out[i] = parameter(norm, "gamma")[c] * normal + parameter(norm, "beta")[c];
    }
    return out;
  }
}
