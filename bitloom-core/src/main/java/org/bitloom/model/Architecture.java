package org.bitloom.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Role;

/**
 * Says which network a model is.
 *
 * @param name such as {@code lenet300}, or the file name of a module; not empty
 * @param graph what the network computes, and with which parameters; empty = opaque: nobody but the
 *     module itself knows
 */
public record Architecture(String name, Optional<Graph> graph) {
  public Architecture {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name of the network must not be empty");
    }
  }

  /** Names a network whose graph is known. */
  public static Architecture of(String name, Graph graph) {
    return new Architecture(name, Optional.of(graph));
  }

  /** Names a network of which nothing but the tensors is known. */
  public static Architecture opaque(String name) {
    return new Architecture(name, Optional.empty());
  }

  /**
   * Checks that task and tensors are those of the graph, if there is one.
   *
   * @throws IllegalArgumentException if they are not
   */
  void check(Task task, List<ModelTensor> tensors) {
    if (graph.isEmpty()) {
      return;
    }
    if (!graph.get().inputShape().equals(task.inputShape())) {
      throw new IllegalArgumentException(
          "graph must take the model's input "
              + task.inputShape()
              + ", got one that takes "
              + graph.get().inputShape());
    }
    if (graph.get().classes() != task.classes()) {
      throw new IllegalArgumentException(
          "graph must give one number for each of the "
              + task.classes()
              + " classes, got one that gives "
              + graph.get().classes());
    }
    check(graph.get().parameters(), tensors);
  }

  private static void check(List<GraphParameter> parameters, List<ModelTensor> tensors) {
    for (int i = 0; i < Math.min(parameters.size(), tensors.size()); i++) {
      check(i + 1, parameters.get(i), tensors.get(i));
    }
    if (parameters.size() != tensors.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "model must have one tensor for each of the %d parameters of its graph, got %d",
              parameters.size(),
              tensors.size()));
    }
  }

  private static void check(int number, GraphParameter parameter, ModelTensor tensor) {
    if (!parameter.name().equals(tensor.name()) || !parameter.shape().equals(tensor.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor %d must be the graph's %s %s, got %s %s",
              number,
              parameter.name(),
              parameter.shape(),
              tensor.name(),
              tensor.shape()));
    }
    if (tensor instanceof BitTensor && parameter.role() != Role.WEIGHT) {
      throw new IllegalArgumentException(
          tensor.name() + " must be float: only weights of layers may be bits, got bits");
    }
  }
}
