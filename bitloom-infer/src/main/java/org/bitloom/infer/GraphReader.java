package org.bitloom.infer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.bitloom.infer.kernel.FilterBank;
import org.bitloom.infer.kernel.Filters;
import org.bitloom.infer.kernel.InferenceKernels;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;

/**
 * Reads the graph of a model into operations. A norm and a ReLU that alone follow a layer become
 * part of it; flattening costs nothing, since all values are arrays anyway.
 */
final class GraphReader {
  private final Graph graph;
  private final InferenceKernels kernels;
  private final Map<String, ModelTensor> tensors = new HashMap<>();
  private final Map<String, List<Node>> readers = new HashMap<>();
  private final Map<String, Integer> values = new HashMap<>();
  private final Set<Node> done = new HashSet<>();
  private final List<Operation> operations = new ArrayList<>();
  private final ArenaPlanner planner;
  private final PixelScaling pixels;
  private boolean folded;

  private GraphReader(BitModel model, Graph graph, InferenceKernels kernels) {
    this.graph = graph;
    this.kernels = kernels;
    for (ModelTensor tensor : model.tensors()) {
      tensors.put(tensor.name(), tensor);
    }
    for (Node node : graph.nodes()) {
      for (String input : node.inputs()) {
        readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
    }
    int inputSize = size(graph.nodes().get(0));
    planner = new ArenaPlanner(inputSize);
    pixels = PixelScaling.of(model.normalization(), inputSize);
  }

  /** Reads a model that has a graph. */
  static LoadedGraph read(BitModel model, InferenceKernels kernels) {
    GraphReader reader = new GraphReader(model, model.graph().orElseThrow(), kernels);
    return reader.read();
  }

  private LoadedGraph read() {
    readInput();
    for (Node node : graph.nodes()) {
      if (done.add(node)) {
        values.put(node.name(), read(node));
      }
    }
    int output = values.get(graph.output().name());
    // read once more by whoever copies the scores out
    planner.operation(1, output);
    return new LoadedGraph(pixels, folded, operations, output, planner.layout());
  }

  /**
   * Gives the input to its readers. If the first layer is dense, what black pixels add is part of
   * its offset, so that they cost nothing.
   */
  private void readInput() {
    Node input = graph.nodes().get(0);
    done.add(input);
    values.put(input.name(), 0);
    Node first = input;
    while (follower(first, Flatten.class).isPresent()) {
      first = follower(first, Flatten.class).get();
    }
    folded = follower(first, Dense.class).isPresent();
  }

  /** Returns the node that alone reads another, if it is of a kind. */
  private <T extends Node> Optional<T> follower(Node node, Class<T> kind) {
    List<Node> found = readers.getOrDefault(node.name(), List.of());
    return found.size() == 1 && kind.isInstance(found.get(0))
        ? Optional.of(kind.cast(found.get(0)))
        : Optional.empty();
  }

  private int read(Node node) {
    int input = node.inputs().isEmpty() ? -1 : values.get(node.inputs().get(0));
    if (node instanceof Dense dense) {
      return dense(dense, input);
    } else if (node instanceof Convolution convolution) {
      return convolution(convolution, input);
    } else if (node instanceof BatchNorm norm) {
      return norm(norm, input);
    } else if (node instanceof Relu relu) {
      int output = planner.operation(size(relu), input);
      float[] ones = {1};
      return add(
          new NormLayer(input, output, size(relu), new ChannelScaling(ones, new float[1], true)),
          output);
    } else if (node instanceof MaxPool pool) {
      int output = planner.operation(size(pool), input);
      return add(
          new Pool(input, output, pool.window(), inputShape(pool), shape(pool), true), output);
    } else if (node instanceof AveragePool pool) {
      int output = planner.operation(size(pool), input);
      return add(
          new Pool(input, output, pool.window(), inputShape(pool), shape(pool), false), output);
    } else if (node instanceof GlobalAveragePool pool) {
      return average(pool, input);
    } else if (node instanceof Add sum) {
      return sum(sum);
    } else if (node instanceof Flatten) {
      return input;
    }
    throw new AssertionError("no operation for " + node.getClass().getSimpleName());
  }

  private int add(Operation operation, int output) {
    operations.add(operation);
    return output;
  }

  private List<Integer> shape(Node node) {
    return graph.shapeOf(node.name());
  }

  private List<Integer> inputShape(Node node) {
    return graph.shapeOf(node.inputs().get(0));
  }

  private int size(Node node) {
    return shape(node).stream().reduce(1, Math::multiplyExact);
  }

  private float[] floats(Node node, String what) {
    return tensors.get(node.name() + "." + what).weights();
  }

  private int dense(Dense node, int input) {
    LayerWeights weights = LayerWeights.of(tensors.get(node.name() + ".weight"));
    float[] bias = node.bias() ? floats(node, "bias") : new float[node.units()];
    ScalingDraft draft = new ScalingDraft(weights.scale(), bias);
    if (folded && input == 0) {
      draft.add(weights.numbers(), pixels.offset());
    }
    int output = planner.operation(size(node), input);
    ChannelScaling scaling = finish(node, draft, output);
    return add(new DenseLayer(input, output, weights.numbers(), scaling), output);
  }

  private int convolution(Convolution node, int input) {
    LayerWeights weights = LayerWeights.of(tensors.get(node.name() + ".weight"));
    float[] bias = node.bias() ? floats(node, "bias") : new float[node.filters()];
    PlaneLayout layout = new PlaneLayout(node.window(), inputShape(node), shape(node));
    Filters filters = layout.filters(node, weights.numbers());
    FilterBank bank = kernels.prepare(filters);
    planner.convolution(layout.isInput() ? 0 : layout.length(), filters, bank);
    int output = planner.operation(size(node), input);
    ChannelScaling scaling = finish(node, new ScalingDraft(weights.scale(), bias), output);
    return add(
        new ConvolutionLayer(input, output, layout, filters.positions(), bank, scaling), output);
  }

  private int norm(BatchNorm node, int input) {
    int channels = shape(node).get(0);
    ScalingDraft draft = new ScalingDraft(1, new float[channels]);
    normalize(draft, node);
    int output = planner.operation(size(node), input);
    ChannelScaling scaling = draft.scaling(takeRelu(node, output));
    return add(new NormLayer(input, output, size(node) / channels, scaling), output);
  }

  /** Takes over the norm and the ReLU that follow a layer. */
  private ChannelScaling finish(Node layer, ScalingDraft draft, int output) {
    Optional<BatchNorm> norm = follower(layer, BatchNorm.class);
    norm.ifPresent(
        node -> {
          normalize(draft, node);
          take(node, output);
        });
    return draft.scaling(takeRelu(norm.isPresent() ? norm.get() : layer, output));
  }

  private void normalize(ScalingDraft draft, BatchNorm norm) {
    draft.normalize(
        norm.epsilon(),
        floats(norm, "gamma"),
        floats(norm, "beta"),
        floats(norm, "runningMean"),
        floats(norm, "runningVariance"));
  }

  private boolean takeRelu(Node before, int output) {
    Optional<Relu> relu = follower(before, Relu.class);
    relu.ifPresent(node -> take(node, output));
    return relu.isPresent();
  }

  private void take(Node node, int output) {
    done.add(node);
    values.put(node.name(), output);
  }

  private int average(GlobalAveragePool node, int input) {
    int output = planner.operation(size(node), input);
    List<Integer> image = inputShape(node);
    return add(new GlobalAverage(input, output, image.get(0), image.get(1) * image.get(2)), output);
  }

  private int sum(Add node) {
    int[] inputs = node.inputs().stream().mapToInt(values::get).toArray();
    int output = planner.operation(size(node), inputs);
    return add(new Sum(inputs, output, size(node), takeRelu(node, output)), output);
  }
}
