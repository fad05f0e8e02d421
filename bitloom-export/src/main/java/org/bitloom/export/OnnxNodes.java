package org.bitloom.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Window;
import org.bitloom.model.Normalization;

/** The operations of an ONNX graph: raw pixels are normalized, then nodes follow one by one. */
final class OnnxNodes {
  static final String PIXELS = "pixels";
  static final String SCORES = "scores";

  private final Graph network;
  private final GraphProto.Builder graph;
  private final OnnxConstants constants;

  OnnxNodes(Graph network, GraphProto.Builder graph, OnnxConstants constants) {
    this.network = network;
    this.graph = graph;
    this.constants = constants;
  }

  /** Names what a node gives; no parameter is called so. */
  private String output(String node) {
    return node.equals(network.output().name()) ? SCORES : node + "/output";
  }

  /** Adds what turns pixels into the input, operation by operation as the model has it. */
  void normalization(Normalization way) {
    String input = output(network.nodes().get(0).name());
    if (way instanceof Normalization.MeanImage image) {
      constants.floats("input.mean", network.inputShape(), image.mean());
      constants.floats("input.deviation", List.of(), new float[] {image.deviation()});
      add("Sub", "input/centred", PIXELS, "input.mean");
      add("Div", input, "input/centred", "input.deviation");
    } else if (way instanceof Normalization.PerChannel channels) {
      List<Integer> shape = new ArrayList<>(Collections.nCopies(network.inputShape().size(), 1));
      shape.set(0, channels.mean().length);
      constants.floats("input.mean", shape, channels.mean());
      constants.floats("input.deviation", shape, channels.deviation());
      unit("input/unit");
      add("Sub", "input/centred", "input/unit", "input.mean");
      add("Div", input, "input/centred", "input.deviation");
    } else if (way instanceof Normalization.Unit) {
      unit(input);
    } else {
      add("Identity", input, PIXELS);
    }
  }

  private void unit(String target) {
    constants.floats("input.white", List.of(), new float[] {Normalization.WHITE});
    add("Div", target, PIXELS, "input.white");
  }

  /** Adds one node that is not the input. */
  void add(Node node) {
    String[] inputs = node.inputs().stream().map(this::output).toArray(String[]::new);
    String output = output(node.name());
    if (node instanceof Dense dense) {
      add("Gemm", output, layer(inputs[0], node.name(), dense.bias())).addAttribute(flag("transB"));
    } else if (node instanceof Convolution convolution) {
      window(
              add("Conv", output, layer(inputs[0], node.name(), convolution.bias())),
              convolution.window())
          .addAttribute(integer("group", convolution.groups()));
    } else if (node instanceof BatchNorm norm) {
      add(norm, inputs[0], output);
    } else if (node instanceof Relu) {
      add("Relu", output, inputs);
    } else if (node instanceof MaxPool pool) {
      window(add("MaxPool", output, inputs), pool.window());
    } else if (node instanceof AveragePool pool) {
      window(add("AveragePool", output, inputs), pool.window())
          .addAttribute(flag("count_include_pad"));
    } else if (node instanceof GlobalAveragePool) {
      add("GlobalAveragePool", node.name() + "/image", inputs);
      add("Flatten", output, node.name() + "/image");
    } else if (node instanceof Add) {
      add(inputs.length == 2 ? "Add" : "Sum", output, inputs);
    } else if (node instanceof Flatten) {
      add("Flatten", output, inputs);
    } else {
      throw new AssertionError("no operation for " + node.getClass().getSimpleName());
    }
  }

  private NodeProto.Builder add(String kind, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(kind)
        .setName(output)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private static String[] layer(String input, String name, boolean bias) {
    String weight = name + ".weight";
    return bias ? new String[] {input, weight, name + ".bias"} : new String[] {input, weight};
  }

  private void add(BatchNorm norm, String input, String output) {
    String name = norm.name();
    add(
            "BatchNormalization",
            output,
            input,
            name + ".gamma",
            name + ".beta",
            name + ".runningMean",
            name + ".runningVariance")
        .addAttribute(attribute("epsilon", AttributeType.FLOAT).setF((float) norm.epsilon()));
  }

  private static NodeProto.Builder window(NodeProto.Builder node, Window window) {
    int high = window.padding().height();
    int wide = window.padding().width();
    return node.addAttribute(
            integers("kernel_shape", window.size().height(), window.size().width()))
        .addAttribute(integers("strides", window.stride().height(), window.stride().width()))
        .addAttribute(integers("pads", high, wide, high, wide));
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static AttributeProto.Builder flag(String name) {
    return integer(name, 1);
  }

  private static AttributeProto.Builder integer(String name, int value) {
    return attribute(name, AttributeType.INT).setI(value);
  }

  private static AttributeProto.Builder integers(String name, int... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
    for (int value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }
}
