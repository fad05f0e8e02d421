package org.bitloom.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.error.UsageException;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/**
 * The parameters of an ONNX graph. Bit-wise weights are the integers they are, in the smallest type
 * that holds them, and a node multiplies them by their scale; all else are floats.
 */
final class OnnxConstants {
  private static final int MOST_BYTES = Integer.MAX_VALUE - (1 << 24);

  private final GraphProto.Builder graph;
  private final Map<String, Integer> counts = new TreeMap<>();
  private long bytes;
  private boolean shorts;

  OnnxConstants(GraphProto.Builder graph) {
    this.graph = graph;
  }

  /** Returns how many weights have which type. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** Says whether there are integers of 16 bits, which only newer versions of ONNX scale. */
  boolean hasShorts() {
    return shorts;
  }

  /** Adds a parameter under its name. */
  void add(ModelTensor tensor, boolean weight) {
    if (tensor instanceof BitTensor bits) {
      addBits(bits);
    } else {
      floats(tensor.name(), tensor.shape(), tensor.weights());
      if (weight) {
        counts.merge("float", 1, Integer::sum);
      }
    }
  }

  private void addBits(BitTensor tensor) {
    int depth = tensor.layout().depth();
    DataType type =
        depth <= Byte.SIZE ? DataType.INT8 : depth <= Short.SIZE ? DataType.INT16 : DataType.INT32;
    int width = type == DataType.INT8 ? 1 : type == DataType.INT16 ? Short.BYTES : Integer.BYTES;
    shorts |= type == DataType.INT16;
    ByteBuffer values = buffer(tensor.name(), (long) tensor.size() * width);
    for (int i = 0; i < tensor.size(); i++) {
      int value = SignMagnitude.value(tensor.code(i), depth);
      switch (width) {
        case 1 -> values.put((byte) value);
        case Short.BYTES -> values.putShort((short) value);
        default -> values.putInt(value);
      }
    }
    String integers = tensor.name() + "/integers";
    String scale = tensor.name() + "/scale";
    add(integers, type, tensor.shape(), values);
    floats(scale, List.of(), new float[] {tensor.scale()});
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("DequantizeLinear")
            .setName(tensor.name())
            .addInput(integers)
            .addInput(scale)
            .addOutput(tensor.name()));
    counts.merge(type.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
  }

  void floats(String name, List<Integer> shape, float[] values) {
    ByteBuffer raw = buffer(name, (long) values.length * Float.BYTES);
    raw.asFloatBuffer().put(values);
    add(name, DataType.FLOAT, shape, raw);
  }

  private ByteBuffer buffer(String name, long length) {
    bytes += length;
    if (bytes > MOST_BYTES) {
      throw new UsageException(
          "parameters must fit into an ONNX file of 2 GiB, with " + name + " they do not",
          "--to floats has no limit");
    }
    return ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void add(String name, DataType type, List<Integer> shape, ByteBuffer values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(values.rewind()));
    shape.forEach(tensor::addDims);
    graph.addInitializer(tensor);
  }
}
