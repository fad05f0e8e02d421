package org.bitloom.bench.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.export.ExportFormat;
import org.bitloom.model.BitModel;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;

/**
 * ONNX Runtime with one thread and all its optimizations, on input that lies ready in native
 * memory: the least that it can take.
 */
final class OnnxRacer implements Racer, AutoCloseable {
  private final OrtSession session;
  private final OnnxTensor tensor;
  private final FloatBuffer input;
  private final Map<String, OnnxTensor> inputs;

  OnnxRacer(BitModel model) {
    List<Integer> shape = model.inputShape();
    long[] batch = new long[shape.size() + 1];
    batch[0] = 1;
    int size = 1;
    for (int i = 0; i < shape.size(); i++) {
      batch[i + 1] = shape.get(i);
      size *= shape.get(i);
    }
    input =
        ByteBuffer.allocateDirect(size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      session = environment.createSession(onnx(model), options);
      tensor = OnnxTensor.createTensor(environment, input, batch);
    } catch (OrtException e) {
      throw failure(e);
    }
    inputs = Map.of("pixels", tensor);
  }

  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public float[] scores(float[] pixels) {
    input.put(0, pixels);
    try (OrtSession.Result result = session.run(inputs)) {
      return ((float[][]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  /** Returns what ./bitloom export writes of the network with floats: no integers to be scaled. */
  private static byte[] onnx(BitModel model) {
    List<ModelTensor> floats = new ArrayList<>();
    for (ModelTensor tensor : model.tensors()) {
      floats.add(new FloatTensor(tensor.name(), tensor.shape(), tensor.weights()));
    }
    BitModel same =
        new BitModel(
            model.architecture(), model.task(), floats, model.provenance(), Optional.empty());
    try {
      Path file = Files.createTempFile("bitloom-bench", ".onnx");
      try {
        ExportFormat.ONNX.write(same, file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FailureException failure(OrtException e) {
    return new FailureException(
        "ONNX Runtime must run the network, it refused: " + e.getMessage(), "report this");
  }

  @Override
  public void close() {
    tensor.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }
}
