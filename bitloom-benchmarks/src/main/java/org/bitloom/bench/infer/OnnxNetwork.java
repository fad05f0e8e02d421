package org.bitloom.bench.infer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.graph.Add;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;

/** Writes the networks of the benchmark as ONNX with float weights; raw pixels go in. */
final class OnnxNetwork {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final Graph graph;
  private final GraphProto.Builder proto = GraphProto.newBuilder().setName("network");

  private OnnxNetwork(Graph graph) {
    this.graph = graph;
  }

  /** Returns the bytes of an ONNX file. */
  static byte[] of(BitModel model) {
    OnnxNetwork network = new OnnxNetwork(model.graph().orElseThrow());
    for (ModelTensor tensor : model.tensors()) {
      network.constant(tensor.name(), tensor.shape(), tensor.weights());
    }
    network.normalization((Normalization.MeanImage) model.normalization());
    for (Node node : network.graph.nodes()) {
      if (!(node instanceof Input)) {
        network.add(node);
      }
    }
    network.proto.addInput(value("pixels", network.graph.inputShape()));
    String output = network.graph.output().name();
    network.proto.addOutput(value(output, List.of(network.graph.classes())));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("bitloom")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(network.proto)
        .build()
        .toByteArray();
  }

  private void normalization(Normalization.MeanImage normalization) {
    constant("input.mean", graph.inputShape(), normalization.mean());
    constant("input.deviation", List.of(1), new float[] {normalization.deviation()});
    proto.addNode(node("Sub", "input.centred", "pixels", "input.mean"));
    String input = graph.nodes().get(0).name();
    proto.addNode(node("Div", input, "input.centred", "input.deviation"));
  }

  private void constant(String name, List<Integer> shape, float[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    shape.forEach(tensor::addDims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    proto.addInitializer(tensor);
  }

  private static ValueInfoProto value(String name, List<Integer> shape) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
    tensor.getShapeBuilder().addDimBuilder().setDimValue(1);
    shape.forEach(side -> tensor.getShapeBuilder().addDimBuilder().setDimValue(side));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static NodeProto.Builder node(String kind, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(kind)
        .setName(output)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private void add(Node node) {
    String name = node.name();
    String input = node.inputs().get(0);
    if (node instanceof Dense) {
      proto.addNode(
          node("Gemm", name, input, name + ".weight")
              .addAttribute(attribute("transB", AttributeProto.AttributeType.INT).setI(1)));
    } else if (node instanceof Convolution convolution) {
      add(convolution, input);
    } else if (node instanceof BatchNorm norm) {
      add(norm, input);
    } else if (node instanceof Relu) {
      proto.addNode(node("Relu", name, input));
    } else if (node instanceof Add) {
      proto.addNode(node("Add", name, node.inputs().toArray(String[]::new)));
    } else if (node instanceof Flatten) {
      proto.addNode(node("Flatten", name, input));
    } else if (node instanceof GlobalAveragePool) {
      proto.addNode(node("GlobalAveragePool", name + ".image", input));
      proto.addNode(node("Flatten", name, name + ".image"));
    } else {
      throw new IllegalArgumentException("node must be one of the benchmark's, got " + node);
    }
  }

  private void add(Convolution node, String input) {
    Extent stride = node.window().stride();
    int high = node.window().padding().height();
    int wide = node.window().padding().width();
    proto.addNode(
        node("Conv", node.name(), input, node.name() + ".weight")
            .addAttribute(integers("strides", stride.height(), stride.width()))
            .addAttribute(integers("pads", high, wide, high, wide)));
  }

  private void add(BatchNorm node, String input) {
    List<String> inputs = new ArrayList<>(List.of(input));
    for (String what : List.of("gamma", "beta", "runningMean", "runningVariance")) {
      inputs.add(node.name() + "." + what);
    }
    proto.addNode(
        node("BatchNormalization", node.name(), inputs.toArray(String[]::new))
            .addAttribute(
                attribute("epsilon", AttributeProto.AttributeType.FLOAT)
                    .setF((float) node.epsilon())));
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static AttributeProto.Builder integers(String name, int... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.INTS);
    for (int value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }
}
