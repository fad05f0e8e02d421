package org.bitloom.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.graph.Role;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;

/**
 * Gives models of formats 1 and 2 what their files lack. These said nothing of a network but its
 * name, and named parameters after the engine's classes, such as {@code 02Linear_weight}; their
 * order is that of the graph.
 */
final class EarlierNames {
  private EarlierNames() {}

  /**
   * Returns the model, and what is nested in it, with graphs and the names in them; the same model
   * if it, or what is nested in it, is not a known network with exactly its parameters.
   */
  static BitModel replace(BitModel model) {
    return replaced(model).orElse(model);
  }

  private static Optional<BitModel> replaced(BitModel model) {
    Optional<Graph> graph = known(model).filter(known -> fits(known, model.tensors()));
    if (graph.isEmpty()) {
      return Optional.empty();
    }
    List<ModelTensor> tensors = new ArrayList<>();
    for (int i = 0; i < model.tensors().size(); i++) {
      tensors.add(named(graph.get().parameters().get(i).name(), model.tensors().get(i)));
    }
    BitModel alone =
        new BitModel(
            Architecture.of(model.network(), graph.get()),
            model.task(),
            tensors,
            model.provenance());
    return model.inner().isEmpty()
        ? Optional.of(alone)
        : model
            .inner()
            .filter(inner -> names(inner).equals(names(model)))
            .flatMap(EarlierNames::replaced)
            .map(alone::around);
  }

  private static List<String> names(BitModel model) {
    return model.tensors().stream().map(ModelTensor::name).toList();
  }

  private static Optional<Graph> known(BitModel model) {
    if (!KnownNetworks.names().contains(model.network())) {
      return Optional.empty();
    }
    try {
      return Optional.of(KnownNetworks.of(model.network(), model.inputShape(), model.classes()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // such as images too small: whatever it is, it only has the name
    }
  }

  private static boolean fits(Graph graph, List<ModelTensor> tensors) {
    List<GraphParameter> parameters = graph.parameters();
    if (parameters.size() != tensors.size()) {
      return false;
    }
    for (int i = 0; i < tensors.size(); i++) {
      GraphParameter parameter = parameters.get(i);
      ModelTensor tensor = tensors.get(i);
      boolean mayBe = tensor instanceof FloatTensor || parameter.role() == Role.WEIGHT;
      if (!mayBe || !parameter.shape().equals(tensor.shape())) {
        return false;
      }
    }
    return true;
  }

  private static ModelTensor named(String name, ModelTensor tensor) {
    return tensor instanceof BitTensor bits
        ? new BitTensor(name, bits.shape(), bits.layout(), bits.scale(), bits.codes())
        : new FloatTensor(name, tensor.shape(), tensor.weights());
  }
}
