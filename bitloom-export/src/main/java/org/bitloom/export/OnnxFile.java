package org.bitloom.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Node;
import org.bitloom.io.AtomicFiles;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;

/**
 * Writes an ONNX file: raw pixels 0..255 go in as floats, {@code [batch, channels, height, width]},
 * scores come out, {@code [batch, classes]}.
 */
final class OnnxFile {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  /** The first that scales integers of 16 bits. */
  private static final int SHORT_OPSET = 21;

  private static final int SHORT_IR_VERSION = 10;

  private OnnxFile() {}

  static List<String> write(BitModel model, Path target) throws IOException {
    Graph network = model.graph().orElseThrow();
    GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    OnnxConstants constants = new OnnxConstants(graph);
    for (ModelTensor tensor : model.tensors()) {
      constants.add(tensor, model.isWeight(tensor));
    }
    OnnxNodes nodes = new OnnxNodes(network, graph, constants);
    nodes.normalization(model.normalization());
    List<Node> all = network.nodes();
    all.subList(1, all.size()).forEach(nodes::add);
    graph.addInput(value(OnnxNodes.PIXELS, network.inputShape()));
    graph.addOutput(value(OnnxNodes.SCORES, List.of(network.classes())));
    int opset = constants.hasShorts() ? SHORT_OPSET : OPSET;
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(constants.hasShorts() ? SHORT_IR_VERSION : IR_VERSION)
            .setProducerName("bitloom")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(graph);
    ModelFacts.of(model)
        .forEach(
            (key, fact) ->
                file.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(fact)));
    ModelProto whole = file.build();
    AtomicFiles.write(target, whole::writeTo);
    String weights =
        constants.counts().entrySet().stream()
            .map(each -> each.getValue() + " as " + each.getKey())
            .collect(Collectors.joining(", "));
    return List.of("layers with weights: " + weights + "; opset " + opset);
  }

  private static ValueInfoProto value(String name, List<Integer> shape) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    sides.addDimBuilder().setDimParam("batch");
    shape.forEach(side -> sides.addDimBuilder().setDimValue(side));
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).setShape(sides);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
