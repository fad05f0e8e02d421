package org.bitloom.export;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;

/** The calls of a C program, one or two for each node, and the functions that they need. */
final class CNodes {
  private final BitModel model;
  private final Graph graph;
  private final CValues values;
  private final CConstants constants = new CConstants();
  private final Map<String, ModelTensor> tensors = new HashMap<>();
  private final Set<String> functions = new LinkedHashSet<>();
  private final StringBuilder calls = new StringBuilder();
  private int windows;

  CNodes(BitModel model) {
    this.model = model;
    graph = model.graph().orElseThrow();
    values = new CValues(graph);
    for (ModelTensor tensor : model.tensors()) {
      tensors.put(tensor.name(), tensor);
    }
    graph.nodes().forEach(this::add);
    line("memcpy(scores, %s, BITLOOM_CLASSES * sizeof *scores);", values.of(outputName()));
  }

  private String outputName() {
    return graph.output().name();
  }

  CValues values() {
    return values;
  }

  CConstants constants() {
    return constants;
  }

  /** Returns the names of the functions that are called, those that others need first. */
  Set<String> functions() {
    return functions;
  }

  String calls() {
    return calls.toString();
  }

  private void line(String format, Object... parts) {
    calls.append("  ").append(String.format(Locale.ROOT, format, parts)).append('\n');
  }

  private int size(Node node) {
    return CValues.size(graph.shapeOf(node.name()));
  }

  private List<Integer> inputShape(Node node) {
    return graph.shapeOf(node.inputs().get(0));
  }

  private void add(Node node) {
    String out = values.of(node.name());
    if (node instanceof Input) {
      normalization(out);
      return;
    }
    String in = values.of(node.inputs().get(0));
    if (node instanceof Dense dense) {
      functions.add("weights");
      functions.add("dense");
      String layer = layer(node, dense.bias());
      line("bitloom_dense(%s, %s, %d, %d, %s);", in, out, inputSize(node), dense.units(), layer);
    } else if (node instanceof Convolution convolution) {
      add(convolution, in, out);
    } else if (node instanceof BatchNorm norm) {
      add(norm, in, out);
    } else if (node instanceof Relu) {
      functions.add("relu");
      line("bitloom_relu(%s, %s, %d);", in, out, size(node));
    } else if (node instanceof MaxPool pool) {
      pool(node, pool.window(), in, out, 1);
    } else if (node instanceof AveragePool pool) {
      pool(node, pool.window(), in, out, 0);
    } else if (node instanceof GlobalAveragePool) {
      functions.add("global-average");
      int channels = inputShape(node).get(0);
      int places = inputSize(node) / channels;
      line("bitloom_global_average(%s, %s, %d, %d);", in, out, channels, places);
    } else if (node instanceof Add) {
      sum(node, out);
    } else if (!(node instanceof Flatten)) {
      throw new AssertionError("no function for " + node.getClass().getSimpleName());
    }
  }

  private int inputSize(Node node) {
    return CValues.size(inputShape(node));
  }

  private void normalization(String out) {
    Normalization way = model.normalization();
    if (way instanceof Normalization.MeanImage image) {
      functions.add("mean-image");
      String mean = constants.floats("input.mean", image.mean());
      String deviation = CConstants.literal(image.deviation());
      line("bitloom_mean_image(input, %s, %s, %s);", out, mean, deviation);
    } else if (way instanceof Normalization.PerChannel channels) {
      functions.add("per-channel");
      String mean = constants.floats("input.mean", channels.mean());
      String deviation = constants.floats("input.deviation", channels.deviation());
      int count = channels.mean().length;
      line("bitloom_per_channel(input, %s, %d, %s, %s);", out, count, mean, deviation);
    } else if (way instanceof Normalization.Unit) {
      functions.add("unit");
      line("bitloom_unit(input, %s);", out);
    } else {
      line("memcpy(%s, input, BITLOOM_INPUT_SIZE * sizeof *input);", out);
    }
  }

  /** Returns the arguments that are the parameters of a layer. */
  private String layer(Node node, boolean bias) {
    String weights = constants.weights(tensors.get(node.name() + ".weight"));
    return "&" + weights + ", " + (bias ? floats(node, "bias") : "NULL");
  }

  private String floats(Node node, String what) {
    String name = node.name() + "." + what;
    return constants.floats(name, tensors.get(name).weights());
  }

  private void add(Convolution node, String in, String out) {
    functions.add("weights");
    functions.add("window");
    functions.add("convolution");
    int channels = inputShape(node).get(0) / node.groups();
    String window = window(node, node.window(), channels);
    String layer = layer(node, node.bias());
    line(
        "bitloom_convolution(%s, %s, &%s, %d, %d, %s);",
        in, out, window, node.filters(), node.groups(), layer);
  }

  private void pool(Node node, Window window, String in, String out, int largest) {
    functions.add("window");
    functions.add("pool");
    String name = window(node, window, inputShape(node).get(0));
    line("bitloom_pool(%s, %s, &%s, %d);", in, out, name, largest);
  }

  private String window(Node node, Window window, int channels) {
    List<Integer> in = inputShape(node);
    List<Integer> out = graph.shapeOf(node.name());
    String name = "window" + windows++;
    line(
        "static const struct bitloom_window %s = {%d, {%d, %d}, {%d, %d}, {%d, %d}, {%d, %d},"
            + " {%d, %d}};",
        name,
        channels,
        in.get(1),
        in.get(2),
        out.get(1),
        out.get(2),
        window.size().height(),
        window.size().width(),
        window.stride().height(),
        window.stride().width(),
        window.padding().height(),
        window.padding().width());
    return name;
  }

  private void add(BatchNorm node, String in, String out) {
    functions.add("norm");
    float[] gamma = tensors.get(node.name() + ".gamma").weights();
    float[] beta = tensors.get(node.name() + ".beta").weights();
    float[] mean = tensors.get(node.name() + ".runningMean").weights();
    float[] variance = tensors.get(node.name() + ".runningVariance").weights();
    float[] factor = new float[gamma.length];
    float[] offset = new float[gamma.length];
    for (int i = 0; i < gamma.length; i++) {
      double gain = gamma[i] / Math.sqrt(variance[i] + node.epsilon());
      factor[i] = (float) gain;
      offset[i] = (float) (beta[i] - mean[i] * gain);
    }
    line(
        "bitloom_norm(%s, %s, %d, %d, %s, %s);",
        in,
        out,
        gamma.length,
        size(node) / gamma.length,
        constants.floats(node.name() + ", factors", factor),
        constants.floats(node.name() + ", offsets", offset));
  }

  private void sum(Node node, String out) {
    functions.add("add");
    List<String> inputs = node.inputs().stream().map(values::of).toList();
    line("bitloom_add(%s, %s, %s, %d);", inputs.get(0), inputs.get(1), out, size(node));
    for (String more : inputs.subList(2, inputs.size())) {
      line("bitloom_add(%s, %s, %s, %d);", out, more, out, size(node));
    }
  }
}
