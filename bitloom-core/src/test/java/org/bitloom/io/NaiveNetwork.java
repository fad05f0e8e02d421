package org.bitloom.io;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Window;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.model.Normalization.PerChannel;

/**
 * Runs the graph of a model one sample and one number at a time, in doubles: what docs/format.md
 * says of every kind of node, and nothing clever.
 */
final class NaiveNetwork {
  private final BitModel model;
  private final Graph graph;
  private final Map<String, float[]> weights = new HashMap<>();

  NaiveNetwork(BitModel model) {
    this.model = model;
    this.graph = model.graph().orElseThrow();
    for (ModelTensor tensor : model.tensors()) {
      weights.put(tensor.name(), tensor.weights());
    }
  }

  /** Returns the class of a sample of raw pixels. */
  int classify(byte[] pixels, int from) {
    double[] x = new double[model.inputShape().stream().reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < x.length; i++) {
      x[i] = input(Byte.toUnsignedInt(pixels[from + i]), i, x.length);
    }
    Map<String, double[]> outputs = new HashMap<>();
    for (Node node : graph.nodes()) {
      outputs.put(
          node.name(),
          node instanceof Input
              ? x
              : output(node, node.inputs().stream().map(outputs::get).toList()));
    }
    return largest(outputs.get(graph.output().name()));
  }

  private double input(int pixel, int i, int size) {
    if (model.normalization() instanceof MeanImage image) {
      return (pixel - (double) image.mean()[i]) / image.deviation();
    }
    if (model.normalization() instanceof PerChannel channels) {
      int channel = i / (size / model.inputShape().get(0));
      return (pixel / 255.0 - channels.mean()[channel]) / channels.deviation()[channel];
    }
    return model.normalization().kind() == Normalization.Kind.UNIT ? pixel / 255.0 : pixel;
  }

  private double[] output(Node node, List<double[]> inputs) {
    double[] x = inputs.get(0);
    if (node instanceof Dense dense) {
      return dense(dense, x);
    } else if (node instanceof Convolution convolution) {
      return convolution(convolution, x);
    } else if (node instanceof BatchNorm norm) {
      return norm(norm, x);
    } else if (node instanceof MaxPool pool) {
      return pool(pool, pool.window(), x, Double.NEGATIVE_INFINITY);
    } else if (node instanceof AveragePool pool) {
      return pool(pool, pool.window(), x, 0);
    } else if (node instanceof GlobalAveragePool pool) {
      return average(pool, x);
    } else if (node instanceof Add) {
      return add(inputs);
    } else if (node instanceof Relu) {
      return Arrays.stream(x).map(value -> Math.max(value, 0)).toArray();
    }
    if (node instanceof Flatten) {
      return x;
    }
    throw new AssertionError("unknown kind of node: " + node);
  }

  private float[] own(Node node, String parameter) {
    return weights.get(node.name() + "." + parameter);
  }

  private double[] dense(Dense node, double[] x) {
    float[] weight = own(node, "weight");
    double[] y = bias(node, node.bias(), node.units(), 1);
    for (int out = 0; out < y.length; out++) {
      for (int in = 0; in < x.length; in++) {
        y[out] += weight[out * x.length + in] * x[in];
      }
    }
    return y;
  }

  private double[] bias(Node node, boolean hasBias, int channels, int places) {
    double[] y = new double[channels * places];
    for (int i = 0; i < y.length; i++) {
      y[i] = hasBias ? own(node, "bias")[i / places] : 0;
    }
    return y;
  }

  private List<Integer> shape(String node) {
    return graph.shapeOf(node);
  }

  private double[] convolution(Convolution node, double[] x) {
    List<Integer> in = shape(node.input());
    List<Integer> out = shape(node.name());
    Extent size = node.window().size();
    int channels = in.get(0) / node.groups();
    float[] weight = own(node, "weight");
    double[] y = bias(node, node.bias(), out.get(0), out.get(1) * out.get(2));
    for (int i = 0; i < y.length; i++) {
      int filter = i / (out.get(1) * out.get(2));
      int group = filter / (node.filters() / node.groups());
      for (int c = 0; c < channels; c++) {
        double[] seen = window(node.window(), in, x, group * channels + c, i, out, 0);
        for (int j = 0; j < seen.length; j++) {
          y[i] += seen[j] * weight[(filter * channels + c) * size.height() * size.width() + j];
        }
      }
    }
    return y;
  }

  /** Returns what the window sees of a channel for place {@code i} of the output. */
  private static double[] window(
      Window window,
      List<Integer> in,
      double[] x,
      int channel,
      int i,
      List<Integer> out,
      double padding) {
    int height = in.get(1);
    int width = in.get(2);
    int top = i / out.get(2) % out.get(1) * window.stride().height() - window.padding().height();
    int left = i % out.get(2) * window.stride().width() - window.padding().width();
    double[] seen = new double[window.size().height() * window.size().width()];
    for (int j = 0; j < seen.length; j++) {
      int row = top + j / window.size().width();
      int column = left + j % window.size().width();
      boolean inside = row >= 0 && row < height && column >= 0 && column < width;
      seen[j] = inside ? x[(channel * height + row) * width + column] : padding;
    }
    return seen;
  }

  private double[] pool(Node node, Window window, double[] x, double padding) {
    List<Integer> in = shape(node.inputs().get(0));
    List<Integer> out = shape(node.name());
    double[] y = new double[out.get(0) * out.get(1) * out.get(2)];
    for (int i = 0; i < y.length; i++) {
      int channel = i / (out.get(1) * out.get(2));
      double[] seen = window(window, in, x, channel, i, out, padding);
      y[i] =
          node instanceof MaxPool
              ? Arrays.stream(seen).max().orElseThrow()
              : Arrays.stream(seen).average().orElseThrow();
    }
    return y;
  }

  private double[] norm(BatchNorm node, double[] x) {
    int places = x.length / shape(node.name()).get(0);
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      int c = i / places;
      double deviation = Math.sqrt(own(node, "runningVariance")[c] + node.epsilon());
      double normal = (x[i] - own(node, "runningMean")[c]) / deviation;
      y[i] = own(node, "gamma")[c] * normal + own(node, "beta")[c];
    }
    return y;
  }

  private double[] average(GlobalAveragePool node, double[] x) {
    double[] y = new double[shape(node.name()).get(0)];
    int places = x.length / y.length;
    for (int i = 0; i < x.length; i++) {
      y[i / places] += x[i] / places;
    }
    return y;
  }

  private static double[] add(List<double[]> inputs) {
    double[] y = new double[inputs.get(0).length];
    for (double[] x : inputs) {
      for (int i = 0; i < y.length; i++) {
        y[i] += x[i];
      }
    }
    return y;
  }

  private static int largest(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }
}
