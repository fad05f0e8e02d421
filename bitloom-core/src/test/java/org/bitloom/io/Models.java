package org.bitloom.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.model.Task;

/** Makes models for tests. */
final class Models {
  private Models() {}

  /** Returns the model of docs/format.md: weights +5 -5 +0 -0 times 0.5 and a float bias. */
  static BitModel tiny() {
    List<Node> nodes =
        List.of(new Input("input", List.of(2)), new Dense("dense1", "input", 2, true));
    return tiny(Architecture.of("tiny", new Graph(nodes)), List.of("no", "yes"), "dense1.");
  }

  /** Returns the same model as a file of format 1 has it: no graph, no names of classes. */
  static BitModel tinyOfFormatOne() {
    return tiny(Architecture.opaque("tiny"), List.of(), "01Linear_");
  }

  private static BitModel tiny(Architecture architecture, List<String> classNames, String layer) {
    BitLayout layout = BitMask.parse("111000").at(6);
    int[] codes = {0b000101, 0b100101, 0b000000, 0b100000};
    return new BitModel(
        architecture,
        new Task(List.of(2), new MeanImage(new float[] {1, 2}, 4), 2, classNames),
        List.of(
            new BitTensor(layer + "weight", List.of(2, 2), layout, 0.5f, codes),
            new FloatTensor(layer + "bias", List.of(2), new float[] {0.25f, -1})),
        Map.of("seed", "1"));
  }

  /** Returns a dense network of random bit strings; {@code sizes} are the units from the input. */
  static BitModel dense(SplittableRandom random, int depth, int... sizes) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      String name = "dense" + i + ".weight";
      tensors.add(bits(random, name, depth, List.of(sizes[i], sizes[i - 1])));
    }
    return model(random, dense(false, sizes), tensors);
  }

  /** Returns dense layers with ReLU between them; {@code sizes} are the units from the input. */
  static Graph dense(boolean bias, int... sizes) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", List.of(sizes[0])));
    for (int i = 1; i < sizes.length; i++) {
      String last = nodes.get(nodes.size() - 1).name();
      nodes.add(new Dense("dense" + i, last, sizes[i], bias));
      if (i < sizes.length - 1) {
        nodes.add(new Relu("relu" + i, "dense" + i));
      }
    }
    return new Graph(nodes);
  }

  /**
   * Returns a network of {@code depth} bits around another; the bits above are random and trained.
   */
  static BitModel around(BitModel inner, int depth, SplittableRandom random) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (ModelTensor tensor : inner.tensors()) {
      if (tensor instanceof BitTensor nested) {
        int below = BitLayout.allBits(nested.layout().depth());
        int above = BitLayout.allBits(depth) & ~below;
        int[] codes = nested.codes();
        for (int i = 0; i < codes.length; i++) {
          codes[i] |= random.nextInt() & above;
        }
        float scale = 0.7f / (1L << depth);
        BitLayout layout = new BitLayout(depth, above);
        tensors.add(new BitTensor(nested.name(), nested.shape(), layout, scale, codes));
      } else {
        tensors.add(floats(random, tensor.name(), tensor.shape()));
      }
    }
    return model(random, inner.architecture(), inner.task(), tensors).around(inner);
  }

  /** Returns random bit strings with a random mask and a scale that keeps weights below 1. */
  static BitTensor bits(SplittableRandom random, String name, int depth, List<Integer> shape) {
    int all = -1 >>> (32 - depth);
    int mask = random.nextInt() & all;
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    int[] codes = random.ints(size).map(code -> code & all).toArray();
    float scale = (float) (random.nextDouble(0.5, 1) / (1L << depth));
    return new BitTensor(name, shape, new BitLayout(depth, mask == 0 ? 1 : mask), scale, codes);
  }

  static FloatTensor floats(SplittableRandom random, String name, List<Integer> shape) {
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    return new FloatTensor(name, shape, randomFloats(random, size, -1, 1));
  }

  /** Returns an opaque network. */
  static BitModel model(
      SplittableRandom random, int inputs, int classes, List<ModelTensor> tensors) {
    Task task = new Task(List.of(inputs), Normalization.none(inputs), classes);
    return model(random, Architecture.opaque("own"), task, tensors);
  }

  static BitModel model(SplittableRandom random, Graph graph, List<ModelTensor> tensors) {
    int inputs = graph.inputShape().stream().reduce(1, (a, b) -> a * b);
    Task task = new Task(graph.inputShape(), Normalization.none(inputs), graph.classes());
    return model(random, Architecture.of("own", graph), task, tensors);
  }

  /** Returns the same model, fed in another way. */
  static BitModel fed(BitModel model, Normalization normalization) {
    Task task = new Task(model.inputShape(), normalization, model.classes(), model.classNames());
    return new BitModel(model.architecture(), task, model.tensors(), model.provenance());
  }

  private static BitModel model(
      SplittableRandom random, Architecture architecture, Task task, List<ModelTensor> tensors) {
    int inputs = task.inputShape().stream().reduce(1, (a, b) -> a * b);
    float[] mean = randomFloats(random, inputs, 0, 255);
    Task normalized = new Task(task.inputShape(), new MeanImage(mean, 78.5f), task.classes());
    return new BitModel(architecture, normalized, tensors, Map.of("seed", "220209571"));
  }

  private static float[] randomFloats(SplittableRandom random, int size, double from, double to) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }
}
