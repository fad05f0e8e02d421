package org.bitloom.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.graph.GraphJson;
import org.bitloom.io.Json;
import org.bitloom.io.Safetensors;
import org.bitloom.io.TensorData;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;

/**
 * Writes the real weights as F32 tensors in safetensors, each under the name it has in the model:
 * for a module of one's own that of its {@code state_dict}. What the input is normalized with are
 * tensors too, {@code input.mean} and {@code input.deviation}.
 */
final class FloatsFile {
  private FloatsFile() {}

  static List<String> write(BitModel model, Path target) throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    for (ModelTensor tensor : model.tensors()) {
      tensors.add(floats(tensor.name(), tensor.shape(), tensor.weights()));
    }
    tensors.addAll(input(model));
    Safetensors.write(target, facts(model), tensors);
    return List.of(model.tensors().size() + " tensors as floats");
  }

  private static List<TensorData> input(BitModel model) {
    if (model.normalization() instanceof Normalization.MeanImage image) {
      return input(model.inputShape(), image.mean(), new float[] {image.deviation()});
    }
    if (model.normalization() instanceof Normalization.PerChannel channels) {
      float[] mean = channels.mean();
      return input(List.of(mean.length), mean, channels.deviation());
    }
    return List.of();
  }

  private static List<TensorData> input(List<Integer> shape, float[] mean, float[] deviation) {
    return List.of(
        floats("input.mean", shape, mean),
        floats("input.deviation", List.of(deviation.length), deviation));
  }

  private static TensorData floats(String name, List<Integer> shape, float[] values) {
    return TensorData.floats(name, shape.stream().mapToLong(side -> side).toArray(), values);
  }

  private static Map<String, String> facts(BitModel model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", "pt"); // what loaders of PyTorch look for
    facts.putAll(ModelFacts.of(model));
    model.graph().ifPresent(graph -> facts.put("graph", Json.print(GraphJson.print(graph))));
    return facts;
  }
}
