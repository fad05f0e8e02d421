package org.bitloom.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Node;
import org.bitloom.graph.Role;

/**
 * Runs a graph as a block: from {@code [batch, ...]}, the shape of the graph's input, to {@code
 * [batch, classes]}.
 *
 * <p>Its parameters are those of the graph, under their names and in their order. What the nodes
 * give belongs to the manager of the input, as it does with DJL's own blocks.
 */
public final class GraphBlock extends AbstractBlock {
  private static final Map<String, Parameter.Type> TYPES =
      Map.of(
          "weight", Parameter.Type.WEIGHT,
          "bias", Parameter.Type.BIAS,
          "gamma", Parameter.Type.GAMMA,
          "beta", Parameter.Type.BETA,
          "runningMean", Parameter.Type.RUNNING_MEAN,
          "runningVariance", Parameter.Type.RUNNING_VAR);

  private final Graph graph;
  private final List<Step> steps = new ArrayList<>();
  private boolean initialized;

  /**
   * A node, ready to run.
   *
   * @param inputs places of what it takes among the outputs of all nodes
   */
  private record Step(Operation operation, List<Integer> inputs) {
    NDArray run(List<NDArray> outputs, StepParameters values) {
      List<NDArray> taken = new ArrayList<>(inputs.size());
      for (int place : inputs) {
        taken.add(outputs.get(place));
      }
      return operation.apply(taken, values);
    }
  }

  /** Makes a block, not yet initialized. */
  public GraphBlock(Graph graph) {
    this.graph = graph;
    graph.parameters().forEach(this::add);
    Map<String, Integer> places = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (!places.isEmpty()) { // the first is the input
        List<Integer> inputs = node.inputs().stream().map(places::get).toList();
        steps.add(new Step(Operations.of(node, parameters), inputs));
      }
      places.put(node.name(), places.size());
    }
  }

  private void add(GraphParameter parameter) {
    String name = parameter.name();
    addParameter(
        Parameter.builder()
            .setName(name)
            .setType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
            .optShape(shape(parameter.shape()))
            .optRequiresGrad(parameter.role() != Role.STATISTIC)
            .build());
  }

  private static Shape shape(List<Integer> dimensions) {
    return new Shape(dimensions.stream().mapToLong(dimension -> dimension).toArray());
  }

  /** Returns what the block computes. */
  public Graph graph() {
    return graph;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    StepParameters values = new StepParameters(store, input.getDevice(), training);
    List<NDArray> outputs = new ArrayList<>(steps.size() + 1);
    outputs.add(input);
    for (Step step : steps) {
      outputs.add(step.run(outputs, values));
    }
    return new NDList(outputs.get(steps.size()));
  }

  /** Finds it out once: before every forward pass a block is asked, and lists its parameters. */
  @Override
  public boolean isInitialized() {
    initialized = initialized || super.isInitialized();
    return initialized;
  }

  @Override
  public void clear() {
    super.clear();
    initialized = false;
  }

  @Override
  protected void prepare(Shape[] shapes) {
    checkInput(shapes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] shapes) {
    checkInput(shapes);
    return new Shape[] {new Shape(shapes[0].get(0), graph.classes())};
  }

  private void checkInput(Shape[] shapes) {
    if (shapes.length != 1 || !shapes[0].slice(1).equals(shape(graph.inputShape()))) {
      throw new IllegalArgumentException(
          "input must be batches of " + graph.inputShape() + ", got " + List.of(shapes));
    }
  }
}
